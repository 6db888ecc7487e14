using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Determinism;
using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Graphs;

/// <summary>Real tools in our normal form, read straight from the shared corpus: only for tests, no importer.</summary>
internal static class CorpusTools
{
    /// <summary>The corpus below <c>shared</c>.</summary>
    public const string File = "corpora/tools.jsonl.gz";

    /// <summary>
    /// The first tools by the hash of what <paramref name="order"/> gives for an id: the id itself, or its document to get whole APIs.
    /// </summary>
    public static IReadOnlyList<ToolSpec> Load(string path, int count, Func<string, string> order)
    {
        var lines = new List<(string Order, string Id, string Line)>();
        using (var reader = new StreamReader(new GZipStream(System.IO.File.OpenRead(path), CompressionMode.Decompress)))
        {
            while (reader.ReadLine() is { } line)
            {
                const string Start = "{\"id\":\"";
                var id = JsonSerializer.Deserialize<string>(line[(Start.Length - 1)..(line.IndexOf("\",\"source\":", StringComparison.Ordinal) + 1)])!;
                lines.Add((Sha256Text.Of(order(id)), id, line));
            }
        }

        var chosen = lines.OrderBy(item => item.Order, StringComparer.Ordinal).ThenBy(item => item.Id, StringComparer.Ordinal).Take(count).ToList();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var boilerplate = FindBoilerplate(chosen.Select(item => item.Line));
        return [.. chosen.Select(item => Convert(item.Id, JsonNode.Parse(item.Line)!.AsObject(), names, boilerplate))];
    }

    /// <summary>The document an id came from.</summary>
    public static string Document(string id) => id.Split('#')[0];

    private static ImmutableHashSet<(string Document, string Parameter)> FindBoilerplate(IEnumerable<string> lines)
    {
        var shared = ImmutableHashSet.CreateBuilder<(string, string)>();
        foreach (var group in lines.Select(line => JsonNode.Parse(line)!).GroupBy(tool => Document((string)tool["id"]!)).Where(group => group.Count() >= 8))
        {
            var parameters = group
                .SelectMany(tool => tool["parameters"]?["properties"] as JsonObject ?? [])
                .Where(item => item.Value is JsonObject schema && (string?)schema["x-in"] is not "path")
                .GroupBy(item => item.Key)
                .Where(item => item.Count() > group.Count() / 2);
            shared.UnionWith(parameters.Select(item => (group.Key, item.Key)));
        }

        return shared.ToImmutable();
    }

    private static ToolSpec Convert(
        string id, JsonObject tool, HashSet<string> names, ImmutableHashSet<(string Document, string Parameter)> boilerplate)
    {
        var original = (string)tool["name"]!;
        var name = string.Join('_', Words.Tokens(original).Where(token => token.All(char.IsAscii)));
        name = name.Length < 3 || !char.IsAsciiLetterLower(name[0]) ? "tool_" + name : name;
        name = name[..Math.Min(name.Length, 60)];
        for (var i = 2; !names.Add(name); i++)
        {
            name = name[..Math.Min(name.Length, 56)] + "_" + i;
        }

        var fragment = id.Contains('#', StringComparison.Ordinal) ? id[(id.IndexOf('#', StringComparison.Ordinal) + 1)..] : string.Empty;
        var path = fragment.Contains(" /", StringComparison.Ordinal) ? fragment[(fragment.IndexOf(' ', StringComparison.Ordinal) + 1)..] : null;
        var parameters = tool["parameters"] as JsonObject ?? [];
        var segments = (path ?? string.Empty).Split('/');
        foreach (var (parameter, schema) in parameters["properties"] as JsonObject ?? [])
        {
            if (schema is not JsonObject property)
            {
                continue;
            }

            var place = Array.FindIndex(segments, segment => segment == "{" + parameter + "}");
            if (place > 0 && !segments[place - 1].Contains('{', StringComparison.Ordinal))
            {
                property["x-segment"] = segments[place - 1];
            }

            if (boilerplate.Contains((Document(id), parameter)))
            {
                property["x-boilerplate"] = true;
            }
        }

        return new ToolSpec
        {
            Id = ContentId.Of("tool", id),
            Name = name,
            OriginalName = original,
            Description = (string?)tool["description"] ?? string.Empty,
            Parameters = JsonSerializer.SerializeToElement(parameters),
            Returns = tool["returns"] is { } returns ? JsonSerializer.SerializeToElement(returns) : null,
            Method = (string?)tool["method"],
            Path = path,
            Source = new ToolSource(Document(id), Sha256Text.Of(Document(id)), fragment, "corpus", null),
        };
    }
}
