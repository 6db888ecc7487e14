using System.Text.Json;

namespace AgentScaler.Tools.Reading;

/// <summary>Finds arrays of tools: the value itself, or members named <c>tools</c> in objects up to a few levels down.</summary>
internal static class ToolArray
{
    private const int Levels = 4;

    public static IEnumerable<(JsonElement Array, JsonPlace Place)> FindIn(JsonElement value, JsonPlace place, int level = 0)
    {
        if (value.ValueKind == JsonValueKind.Array && level == 0)
        {
            yield return (value, place);
        }

        if (value.ValueKind != JsonValueKind.Object || level == Levels)
        {
            yield break;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Array && member.NameEquals("tools"))
            {
                yield return (member.Value, place.Down("tools"));
            }
            else if (member.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var found in FindIn(member.Value, place.Down(member.Name), level + 1))
                {
                    yield return found;
                }
            }
        }
    }
}
