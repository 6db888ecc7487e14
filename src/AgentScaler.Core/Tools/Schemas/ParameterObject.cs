using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Json;

namespace AgentScaler.Tools.Schemas;

/// <summary>Writes a tool's parameters in the normal form of <see cref="ToolSpec.Parameters"/>.</summary>
internal static class ParameterObject
{
    /// <summary>
    /// One object schema of all arguments. Arguments of one name are told apart by where they go (<c>query_name</c>, <c>body_name</c>); a path
    /// parameter keeps its name.
    /// </summary>
    public static JsonElement Of(IReadOnlyList<Argument> arguments)
    {
        var properties = new JsonObject();
        var required = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var argument in WithDistinctNames(arguments))
        {
            var schema = argument.Schema;
            if (argument.In is not null)
            {
                schema["x-in"] = argument.In;
            }

            if (argument.Segment is not null)
            {
                schema["x-segment"] = argument.Segment;
            }

            properties[argument.Name] = schema;
            if (argument.Required)
            {
                required.Add(argument.Name);
            }
        }

        return Canonical(new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. required.Select(name => JsonValue.Create(name))]),
            ["additionalProperties"] = false,
        });
    }

    /// <summary>A schema with its keys in canonical order, as it will be read back from an artifact.</summary>
    public static JsonElement Canonical(JsonObject schema)
    {
        using var written = JsonSerializer.SerializeToDocument(schema, ArtifactJson.Options);
        return JsonElement.Parse(CanonicalJson.Write(written.RootElement), new JsonDocumentOptions { MaxDepth = 256 });
    }

    private static IEnumerable<Argument> WithDistinctNames(IReadOnlyList<Argument> arguments)
    {
        var uses = arguments.CountBy(a => a.Name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var taken = new HashSet<string>(uses.Keys, StringComparer.Ordinal);
        var plain = new HashSet<string>(StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            if (uses[argument.Name] == 1 || (argument.In is "path" or null && plain.Add(argument.Name)))
            {
                yield return argument;
                continue;
            }

            var name = argument.In + "_" + argument.Name;
            for (var n = 2; !taken.Add(name); n++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{argument.In}_{argument.Name}_{n}");
            }

            yield return argument with { Name = name };
        }
    }
}
