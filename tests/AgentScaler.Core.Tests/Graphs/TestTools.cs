using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Determinism;
using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Graphs;

/// <summary>
/// Tools in a line: <c>GET /books/{id} get_book(id, limit:integer, x:boilerplate)</c>; without method and path a function.
/// </summary>
internal static class TestTools
{
    public static ToolSpec Tool(string line, string? returns = null, string provider = "test", string description = "")
    {
        string? method = null, path = null;
        var call = line;
        if (char.IsUpper(line[0]))
        {
            (method, path, call) = (line.Split(' ')[0], line.Split(' ')[1], line.Split(' ', 3)[2]);
        }

        var name = call[..call.IndexOf('(', StringComparison.Ordinal)];
        var properties = new JsonObject();
        foreach (var parameter in call[(name.Length + 1)..^1].Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = parameter.Split(':');
            var schema = new JsonObject();
            switch (parts.ElementAtOrDefault(1) ?? "string")
            {
                case "boilerplate":
                    (schema["type"], schema["x-boilerplate"]) = ("string", true);
                    break;
                case "enum":
                    (schema["type"], schema["enum"]) = ("string", new JsonArray("a", "b"));
                    break;
                case "untyped":
                    break;
                case var type:
                    schema["type"] = type;
                    break;
            }

            var segments = (path ?? string.Empty).Split('/');
            if (Array.IndexOf(segments, "{" + parts[0] + "}") is > 0 and var place)
            {
                schema["x-in"] = "path";
                if (!segments[place - 1].Contains('{', StringComparison.Ordinal))
                {
                    schema["x-segment"] = segments[place - 1];
                }
            }

            properties[parts[0]] = schema;
        }

        return new ToolSpec
        {
            Id = ContentId.Of("tool", provider, line),
            Name = name,
            OriginalName = name,
            Description = description,
            Parameters = JsonSerializer.SerializeToElement(new JsonObject { ["type"] = "object", ["properties"] = properties }),
            Returns = returns is null ? null : JsonSerializer.SerializeToElement(JsonNode.Parse(returns)),
            Method = method,
            Path = path,
            Source = new ToolSource(provider, Sha256Text.Of(provider), name, "test", null),
        };
    }
}
