using System.Text.Json;
using AgentScaler.Tools;

namespace AgentScaler.Graphs;

/// <summary>Tools for a model that embeds, and what comes back of it.</summary>
internal static class ModelVectors
{
    private const int LongestDescription = 200;

    /// <summary>What any embedding model takes: one tool with hundreds of parameters must not end a run.</summary>
    private const int LongestText = 8_000;

    /// <summary>What is embedded of a tool: its parameter list (paper, Eq. 1); of a tool without parameters its description.</summary>
    public static string TextOf(ToolSpec tool)
    {
        var parameters = ToolReading.Parameters(tool).Select(parameter => $"{parameter.Name}: {Type(parameter.Schema)}{Description(parameter.Schema)}").ToList();
        var text = parameters.Count > 0 ? string.Join('\n', parameters) : tool.Description;
        return text.Length <= LongestText ? text : text[..LongestText];
    }

    /// <summary>Vectors of length 1, computed in double precision and in order, so that they are the same everywhere; a vector of zeros stays one.</summary>
    public static VectorTable Normalise(IReadOnlyList<ReadOnlyMemory<float>> vectors)
    {
        var dimensions = vectors[0].Length;
        var values = new float[vectors.Count * dimensions];
        for (var i = 0; i < vectors.Count; i++)
        {
            var vector = vectors[i].Span;
            var length = 0.0;
            foreach (var value in vector)
            {
                length += (double)value * value;
            }

            length = Math.Sqrt(length);
            for (var j = 0; j < dimensions && length > 0; j++)
            {
                values[(i * dimensions) + j] = (float)(vector[j] / length);
            }
        }

        return new VectorTable(values, dimensions);
    }

    private static string Type(JsonElement schema) => ToolReading.Text(schema, "type") ?? "any";

    private static string Description(JsonElement schema) => ToolReading.Text(schema, "description") is { Length: > 0 } text
        ? ", " + (text.Length <= LongestDescription ? text : text[..LongestDescription])
        : string.Empty;
}
