using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Json;

namespace AgentScaler.Tools.Refinement;

/// <summary>
/// Puts what a proposed schema says beyond a source's into that source's, and finds where the two contradict each other: a member that is dropped, renamed or added, another type, another
/// list of values, other required members. Nothing of the source is lost; of the proposal only descriptions, types, formats, members and lists of values are taken.
/// </summary>
internal sealed class SchemaRefinement
{
    private const int LongestDescription = 400;
    private const int Deepest = 8;

    private readonly List<(string Reason, string Detail)> contradictions = [];
    private bool fills;

    /// <summary>Where the two contradict each other, in document order.</summary>
    public IReadOnlyList<(string Reason, string Detail)> Contradictions => contradictions;

    /// <summary>The source's schema with what the proposal adds; of no use if there are contradictions.</summary>
    /// <param name="mayFill">Whether members may be named of an object of which the source names none.</param>
    public JsonElement Merge(JsonElement source, JsonElement proposed, string place, bool mayFill = false)
    {
        fills = mayFill;
        return JsonSerializer.SerializeToElement(Merge(JsonNode.Parse(source.GetRawText()) as JsonObject ?? [], proposed, place, 0));
    }

    private JsonObject Merge(JsonObject source, JsonElement proposed, string place, int depth)
    {
        if (proposed.ValueKind != JsonValueKind.Object || depth > Deepest)
        {
            return source;
        }

        MergeType(source, proposed, place);
        MergeEnum(source, proposed, place);
        if (!Says(source, "description") && TextOf(proposed, "description") is { } description)
        {
            source["description"] = description;
        }

        if (!source.ContainsKey("format") && !source.ContainsKey("enum") && TextOf(proposed, "format") is { Length: <= 40 } format)
        {
            source["format"] = format;
        }

        MergeMembers(source, proposed, place, depth);
        if (source["items"] is JsonObject items && proposed.TryGetProperty("items", out var proposedItems))
        {
            source["items"] = Merge((JsonObject)items.DeepClone(), proposedItems, place + "[]", depth + 1);
        }
        else if (!source.ContainsKey("items") && source["type"] is JsonValue type && type.ToString() == "array" && proposed.TryGetProperty("items", out var newItems) && newItems.ValueKind == JsonValueKind.Object)
        {
            source["items"] = JsonNode.Parse(newItems.GetRawText());
        }

        return source;
    }

    private void MergeType(JsonObject source, JsonElement proposed, string place)
    {
        if (!proposed.TryGetProperty("type", out var type))
        {
            return;
        }

        if (source["type"] is { } own)
        {
            if (!JsonNode.DeepEquals(own, JsonNode.Parse(type.GetRawText())))
            {
                contradictions.Add(("refine.changes-type", $"{place}: the document says {own.ToJsonString()}, the proposal {type.GetRawText()}"));
            }
        }
        else if (!source.ContainsKey("anyOf") && !source.ContainsKey("oneOf") && !source.ContainsKey("allOf") && !source.ContainsKey("enum") && type.ValueKind == JsonValueKind.String)
        {
            source["type"] = type.GetString();
        }
    }

    private void MergeEnum(JsonObject source, JsonElement proposed, string place)
    {
        var wanted = proposed.TryGetProperty("enum", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList() : null;
        if (source["enum"] is JsonArray own)
        {
            var held = own.Select(value => CanonicalJson.Write(JsonSerializer.SerializeToElement(value))).ToHashSet(StringComparer.Ordinal);
            if (wanted is not null && !held.SetEquals(wanted.Select(value => CanonicalJson.Write(value))))
            {
                contradictions.Add(("refine.changes-enum", $"{place}: the document allows {own.ToJsonString()}, the proposal {list.GetRawText()}"));
            }
        }
        else if (wanted is { Count: > 0 })
        {
            // A list of values is no restriction of the proposal's where the document's own words give it.
            var said = source["description"]?.ToString() ?? "";
            if (wanted.All(value => value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0 && said.Contains(value.GetString()!, StringComparison.Ordinal)))
            {
                source["enum"] = JsonNode.Parse(list.GetRawText());
            }
            else
            {
                contradictions.Add(("refine.adds-enum", $"{place}: the document names no such values as {list.GetRawText()}"));
            }
        }
    }

    private void MergeMembers(JsonObject source, JsonElement proposed, string place, int depth)
    {
        var named = VagueTools.Members(proposed).ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        if (source["properties"] is not JsonObject { Count: > 0 } members)
        {
            if (fills && named.Count > 0 && source["type"]?.ToString() == "object")
            {
                source["properties"] = JsonNode.Parse(proposed.GetProperty("properties").GetRawText());
                if (proposed.TryGetProperty("required", out var always))
                {
                    source["required"] = JsonNode.Parse(always.GetRawText());
                }
            }
            else if (!fills && depth == 0 && named.Count > 0)
            {
                contradictions.Add(("refine.adds-parameter", $"{place}: the document has none, the proposal {string.Join(", ", named.Keys)}"));
            }

            return;
        }

        foreach (var name in named.Keys.Where(name => !members.ContainsKey(name)))
        {
            contradictions.Add(("refine.adds-parameter", $"{place}.{name}: the document has {string.Join(", ", members.Select(member => member.Key))}"));
        }

        foreach (var name in members.Select(member => member.Key).ToList())
        {
            if (!named.TryGetValue(name, out var member))
            {
                contradictions.Add(("refine.drops-parameter", $"{place}.{name}: the proposal leaves it out"));
            }
            else if (members[name] is JsonObject own)
            {
                members[name] = Merge((JsonObject)own.DeepClone(), member, $"{place}.{name}", depth + 1);
            }
        }

        var required = Names(source["required"]);
        if (proposed.TryGetProperty("required", out var wanted) ? !required.SetEquals(Names(JsonNode.Parse(wanted.GetRawText()))) : required.Count > 0)
        {
            contradictions.Add(("refine.changes-required", $"{place}: the document requires [{string.Join(", ", required)}]"));
        }
    }

    private static SortedSet<string> Names(JsonNode? list) => new(list is JsonArray names ? names.Select(name => name?.ToString() ?? "") : [], StringComparer.Ordinal);

    private static bool Says(JsonObject schema, string name) => schema[name] is JsonValue value && !string.IsNullOrWhiteSpace(value.ToString());

    private static string? TextOf(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? PlainSentence.Of(value.GetString()!, LongestDescription) : null;
}
