using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation.Modelled;

/// <summary>Tools and schemas as models are told of them: JSON, so that whatever a document says stays a quoted text, cut where documents are huge.</summary>
internal static class ToolSheet
{
    private const int LongestText = 400;
    private const int Deepest = 8;

    /// <summary>A tool in at most about so many characters: what is nested deepest is left out first.</summary>
    public static string Of(ToolSpec tool, int length)
    {
        for (var depth = Deepest; ; depth--)
        {
            var sheet = new JsonObject { ["name"] = tool.Name, ["description"] = Cut(tool.Description) };
            if (tool.Method is not null)
            {
                sheet["request"] = $"{tool.Method} {tool.Path}";
            }

            sheet["parameters"] = Copy(tool.Parameters, depth);
            if (tool.Returns is { } returns)
            {
                sheet["returns"] = Copy(returns, depth);
            }

            var text = Text(sheet);
            if (text.Length <= length || depth == 1)
            {
                return text;
            }
        }
    }

    /// <summary>A schema as our documents have it.</summary>
    public static string Of(EnvironmentSchema schema) => CanonicalJson.Serialize(schema);

    /// <summary>What a tool does, without its program.</summary>
    public static string Of(PackageTool tool) => Text(new JsonObject
    {
        ["name"] = tool.Name,
        ["description"] = Cut(tool.Spec.Description),
        ["writes"] = tool.Writes,
        ["binding"] = JsonSerializer.SerializeToNode(tool.Binding, ArtifactJson.Options),
    });

    private static string Text(JsonNode node) => CanonicalJson.Write(JsonSerializer.SerializeToElement(node));

    private static JsonNode? Copy(JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when depth == 0:
                return value.TryGetProperty("type", out var type) ? new JsonObject { ["type"] = JsonNode.Parse(type.GetRawText()) } : new JsonObject();
            case JsonValueKind.Object:
                var copy = new JsonObject();
                foreach (var property in value.EnumerateObject())
                {
                    // A level of a schema is one of properties or items, not each keyword.
                    copy[property.Name] = Copy(property.Value, property.Name is "properties" ? depth : depth - 1);
                }

                return copy;
            case JsonValueKind.Array:
                return new JsonArray([.. value.EnumerateArray().Select(item => Copy(item, depth))]);
            case JsonValueKind.String:
                return Cut(value.GetString()!);
            default:
                return JsonNode.Parse(value.GetRawText());
        }
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText] + "...";
}
