using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AgentScaler.Datasets.Writers;

/// <summary>
/// A record's list of tools as JSON, in one of several shapes. Records of one environment share the list (<see cref="RecordReader{TRecord}"/>), so what was made of it is
/// kept for as long as the list is.
/// </summary>
/// <param name="write">Writes one tool.</param>
internal sealed class ToolListText(Action<JsonRow, TrajectoryFunction> write)
{
    private readonly JsonRow json = new();
    private readonly ConditionalWeakTable<IReadOnlyList<TrajectoryTool>, byte[]> made = [];

    /// <summary>The list's JSON.</summary>
    public ReadOnlySpan<byte> Of(IReadOnlyList<TrajectoryTool> tools)
    {
        if (!made.TryGetValue(tools, out var bytes))
        {
            json.Clear().Array();
            foreach (var tool in tools)
            {
                write(json, tool.Function);
            }

            bytes = json.EndArray().Written.ToArray();
            made.Add(tools, bytes);
        }

        return bytes;
    }

    /// <summary>Why no consumer takes a list, and where: a name stands twice, or parameters are no JSON object; null if it is sound.</summary>
    public static (string Reason, string Place)? FaultOf(IReadOnlyList<TrajectoryTool> tools)
    {
        if (tools.DistinctBy(tool => tool.Function.Name, StringComparer.Ordinal).Count() < tools.Count)
        {
            return (ExportReasons.ToolName, "$.tools");
        }

        for (var i = 0; i < tools.Count; i++)
        {
            if (tools[i].Function.Parameters.ValueKind != JsonValueKind.Object)
            {
                return (ExportReasons.ToolParameters, ParametersOf(i));
            }
        }

        return null;
    }

    /// <summary>Why a consumer that takes parameters for an object's does not take a list, and where; null if it does.</summary>
    public static (string Reason, string Place)? SchemaFaultOf(IReadOnlyList<TrajectoryTool> tools)
    {
        for (var i = 0; i < tools.Count; i++)
        {
            if (!IsObjectSchema(tools[i].Function.Parameters))
            {
                return (ExportReasons.ToolParameters, ParametersOf(i));
            }
        }

        return null;
    }

    /// <summary>Whether a JSON Schema is one of objects; an empty one admits them.</summary>
    private static bool IsObjectSchema(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object
        && (!schema.TryGetProperty("type", out var type) || (type.ValueKind == JsonValueKind.String && type.ValueEquals("object")))
        && (!schema.TryGetProperty("properties", out var properties) || properties.ValueKind == JsonValueKind.Object);

    /// <summary>Where the parameters of a tool stand in its record.</summary>
    private static string ParametersOf(int tool) => $"$.tools[{tool}].function.parameters";

    /// <summary><c>{type, function: {name, description, parameters}}</c>, as chat templates take it.</summary>
    public static ToolListText Nested() => new((row, function) => row
        .Object().Text("type"u8, "function").Name("function"u8).Object()
        .Text("name"u8, function.Name).Text("description"u8, function.Description).Value("parameters"u8, function.Parameters)
        .EndObject().EndObject());

    /// <summary>As <see cref="Nested"/>, for OpenAI; parameters always have <c>type</c> and <c>properties</c>.</summary>
    /// <param name="describe">Gives the description to write, from the tool's.</param>
    public static ToolListText OpenAi(Func<string, string> describe) => new((row, function) =>
    {
        row.Object().Text("type"u8, "function").Name("function"u8).Object().Text("name"u8, function.Name).Text("description"u8, describe(function.Description)).Name("parameters"u8);
        Parameters(row, function.Parameters);
        row.EndObject().EndObject();
    });

    /// <summary>As <see cref="Nested"/>, the parameters as a text: readers that make columns of keys would mix all tools' schemas.</summary>
    public static ToolListText NestedTextParameters()
    {
        var schema = new JsonRow();
        return new((row, function) => row
            .Object().Text("type"u8, "function").Name("function"u8).Object()
            .Text("name"u8, function.Name).Text("description"u8, function.Description)
            .Name("parameters"u8).Embed(schema.Clear().Value(function.Parameters).Written)
            .EndObject().EndObject());
    }

    /// <summary><c>{name, description, parameters}</c>; parameters always have <c>type</c> and <c>properties</c>.</summary>
    public static ToolListText Flat() => new((row, function) =>
    {
        row.Object().Text("name"u8, function.Name).Text("description"u8, function.Description).Name("parameters"u8);
        Parameters(row, function.Parameters);
        row.EndObject();
    });

    /// <summary><c>{type, name, description, parameters, strict}</c>, as the Responses API takes it.</summary>
    public static ToolListText Responses() => new((row, function) =>
    {
        row.Object().Text("type"u8, "function").Text("name"u8, function.Name).Text("description"u8, function.Description).Name("parameters"u8);
        Parameters(row, function.Parameters);
        row.Flag("strict"u8, false).EndObject();
    });

    /// <summary>A tool without parameters may have an empty schema; consumers look for type and properties all the same.</summary>
    private static void Parameters(JsonRow row, JsonElement parameters)
    {
        var hasProperties = parameters.TryGetProperty("properties", out var properties);
        if (hasProperties && parameters.TryGetProperty("type", out _))
        {
            row.Value(parameters);
            return;
        }

        row.Object();
        foreach (var property in parameters.EnumerateObject().Where(property => property.Name is not ("type" or "properties")))
        {
            row.Name(JsonEncodedText.Encode(property.Name).EncodedUtf8Bytes).Value(property.Value);
        }

        row.Text("type"u8, "object").Name("properties"u8);
        (hasProperties ? row.Value(properties) : row.Object().EndObject()).EndObject();
    }
}
