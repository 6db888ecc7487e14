using System.Text.Json;

namespace AgentScaler.Tools.Reading;

/// <summary>Members of objects that may be missing or of the wrong kind.</summary>
internal static class JsonMembers
{
    /// <summary>A member that is a string, or null.</summary>
    public static string? Text(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;

    /// <summary>A member of a kind, or null.</summary>
    public static JsonElement? Member(this JsonElement value, string name, JsonValueKind kind) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind == kind ? member : null;

    /// <summary>Whether a member is the value <c>true</c>.</summary>
    public static bool IsTrue(this JsonElement value, string name) => value.Member(name, JsonValueKind.True) is not null;

    /// <summary>The strings of an array member, in its order, each once.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement value, string name) =>
        value.Member(name, JsonValueKind.Array) is { } array
            ? [.. array.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!).Distinct(StringComparer.Ordinal)]
            : [];

    /// <summary>The licence an object states: a text, or an object with <c>identifier</c>, <c>name</c> or <c>url</c>.</summary>
    public static string? Licence(this JsonElement value)
    {
        foreach (var name in (ReadOnlySpan<string>)["license", "licence"])
        {
            var licence = value.Member(name, JsonValueKind.Object) ?? default;
            var text = value.Text(name) ?? licence.Text("identifier") ?? licence.Text("name") ?? licence.Text("url");
            if (!string.IsNullOrWhiteSpace(text))
            {
                return ProblemList.Excerpt(text.Trim());
            }
        }

        return null;
    }
}
