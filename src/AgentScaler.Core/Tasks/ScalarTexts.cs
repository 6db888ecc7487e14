using System.Text.Json;

namespace AgentScaler.Tasks;

/// <summary>The scalars within an argument as people write them.</summary>
internal static class ScalarTexts
{
    /// <summary>Every scalar but null, in document order: strings as they are, all else as it stands.</summary>
    public static IEnumerable<string> Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(property => Of(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Of),
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Null => [],
        _ => [value.GetRawText()],
    };
}
