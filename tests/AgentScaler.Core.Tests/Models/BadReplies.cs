namespace AgentScaler.Core.Tests.Models;

/// <summary>What models say instead of an answer, by name.</summary>
internal static class BadReplies
{
    private static readonly Dictionary<string, Func<string?>> Kinds = new()
    {
        ["truncated"] = () => """{"collections":[{"name":"books","enti""",
        ["fenced and truncated"] = () => "```json\n{\"program\": \"function x(db",
        ["prose"] = () => "Sure! I would be happy to help you with that. First, let us think about it.",
        ["wrong types"] = () => """{"collections":"books","program":7,"rules":{"a":1},"pairs":"yes","tools":null,"requests":5}""",
        ["empty"] = () => "",
        ["nothing"] = () => null,
        ["empty object"] = () => "{}",
        ["null"] = () => "null",
        ["200 kB of prose"] = () => new string('a', 200_000),
        ["200 kB of brackets"] = () => new string('[', 200_000),
        ["200 kB of JSON of another kind"] = () => "[" + string.Join(',', Enumerable.Range(0, 30_000)) + "]",
        ["right to left, emoji, control characters"] = () => "\u202e{\"ok\": \"\ud83d\ude00 \u0007\u0000 شكرا\"}\u202c",
        ["half a surrogate"] = () => "{\"program\":\"\\ud83d\",\"writes\":true,\"kind\":\"get\",\"collection\":\"books\"}",
    };

    public static TheoryData<string> Names { get; } = [.. Kinds.Keys];

    public static string? Text(string name) => Kinds[name]();
}
