using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>
/// Fits a tool's declared schemas to an environment of generated data: a <c>pattern</c> is heeded where values are made but not enforced, and,
/// on identifiers, lengths are dropped, because keys are made here and not by the vendor. The screening's score of the document stays behind.
/// </summary>
internal static class SpecTidier
{
    /// <summary>The keyword that keeps a vendor's pattern for the making of values.</summary>
    public const string HeededPattern = "x-pattern";

    private static readonly string[] OfKeys = ["minLength", "maxLength", "default"];

    /// <summary>The tool as the environment offers it.</summary>
    public static ToolSpec Tidy(ToolSpec tool) => tool with
    {
        Parameters = Tidy(tool.Parameters, areParameters: true),
        Returns = tool.Returns is { } returns ? Tidy(returns, areParameters: false) : null,
        Quality = null,
    };

    private static JsonElement Tidy(JsonElement schema, bool areParameters)
    {
        var node = JsonNode.Parse(schema.GetRawText())!;
        Walk(node, isKey: false);
        if (areParameters && node is JsonObject parameters)
        {
            Plumbing.Settle(parameters);
        }

        return JsonSerializer.SerializeToElement(node);
    }

    private static void Walk(JsonNode? node, bool isKey)
    {
        if (node is not JsonObject schema)
        {
            return;
        }

        if (schema["pattern"] is JsonValue pattern)
        {
            schema.Remove("pattern");
            schema[HeededPattern] = pattern;
        }

        if (isKey)
        {
            foreach (var keyword in OfKeys)
            {
                schema.Remove(keyword);
            }
        }

        if (schema["properties"] is JsonObject properties)
        {
            foreach (var (name, inner) in properties)
            {
                Walk(inner, IsKey(name));
            }
        }

        Walk(schema["items"], isKey: false);
        Walk(schema["additionalProperties"], isKey: false);
    }

    private static bool IsKey(string name) => Words.Tokens(name) is { Count: > 0 } tokens && tokens[^1] is "id" or "sid" or "uuid" or "uid" or "key";
}
