using System.Text.Json;
using AgentScaler.Tools.Python;
using AgentScaler.Tools.Reading;

namespace AgentScaler.Tools.ToolLists;

/// <summary>Finds descriptions of functions in whatever is wrapped around them: arrays, rows of data sets, server listings, JSON inside strings.</summary>
internal static class FunctionFinder
{
    private const int MaximumLevel = 6;

    private static readonly string[] OwnerNames = ["title", "provider", "server_name", "serverName", "tool_name"];

    /// <summary>The functions below a value, and what stands among them without being one.</summary>
    public static IEnumerable<FoundFunction> Find(JsonElement value, JsonPlace place) => Find(value, place, true, 0, null, null);

    private static IEnumerable<FoundFunction> Find(JsonElement value, JsonPlace place, bool isListed, int level, string? owner, string? licence)
    {
        if (level > MaximumLevel)
        {
            yield break;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object when FunctionShape.IsFunction(value, isListed):
                yield return new FoundFunction(value, place, owner, licence);
                break;
            case JsonValueKind.Object:
                var any = false;
                foreach (var found in Members(value, place, level, OwnerOf(value) ?? owner, value.Licence() ?? licence))
                {
                    any = true;
                    yield return found;
                }

                if (!any && isListed && level > 0)
                {
                    yield return new FoundFunction(value, place, owner, licence);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    var at = place.Down(index++);
                    if (item.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String)
                    {
                        foreach (var found in Find(item, at, isListed, level + 1, owner, licence))
                        {
                            yield return found;
                        }
                    }
                    else if (isListed)
                    {
                        yield return new FoundFunction(item, at, owner, licence);
                    }
                }

                break;
            case JsonValueKind.String when isListed:
                // A list within a text, as data sets keep it in one column.
                if (Inner(value) is { } inner)
                {
                    foreach (var found in Find(inner, place, true, level + 1, owner, licence))
                    {
                        yield return found;
                    }
                }
                else
                {
                    yield return new FoundFunction(value, place, owner, licence);
                }

                break;
        }
    }

    private static IEnumerable<FoundFunction> Members(JsonElement value, JsonPlace place, int level, string? owner, string? licence) =>
        from member in value.EnumerateObject()
        let isList = FunctionShape.IsList(member.Name)
        where member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            || (isList && member.Value.ValueKind == JsonValueKind.String && Inner(member.Value) is not null)
        from found in Find(member.Value, place.Down(member.Name), isList, level + 1, owner, licence)
        select found;

    private static JsonElement? Inner(JsonElement text) =>
        text.GetString()!.TrimStart() is ['{' or '[', ..] inner ? JsonText.TryParseInner(inner) ?? PythonLiteral.TryParse(inner) : null;

    private static string? OwnerOf(JsonElement wrapper) =>
        OwnerNames.Select(name => wrapper.Text(name)).FirstOrDefault(name => !string.IsNullOrWhiteSpace(name))
        ?? wrapper.Member("serverInfo", JsonValueKind.Object)?.Text("name")
        ?? (wrapper.TryGetProperty("tools", out var tools) && tools.ValueKind == JsonValueKind.Array ? wrapper.Text("name") : null);
}
