using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>A reinforcement learner's prompt: system and user messages, the user's last, nothing missing in any.</summary>
internal static class PromptRules
{
    /// <summary>Checks a list of messages.</summary>
    /// <param name="keys">The keys that a message has, all of them texts.</param>
    /// <param name="untrained">A further key, false on each message, as nothing of a prompt is learnt; null for none.</param>
    public static void Check(JsonElement messages, string path, IReadOnlyList<string> keys, RowExpectations expect, string? untrained = null)
    {
        string? last = null;
        for (var i = 0; i < messages.GetArrayLength(); i++)
        {
            var place = $"{path}[{i}]";
            if (!expect.Is(messages[i], place, JsonValueKind.Object))
            {
                continue;
            }

            expect.OnlyKeys(messages[i], place, untrained is null ? [.. keys] : [.. keys, untrained]);
            if (untrained is not null && expect.Flag(messages[i], place, untrained) is true)
            {
                expect.Fail($"{place}.{untrained}", "expected false in a prompt");
            }

            foreach (var key in keys)
            {
                if (string.IsNullOrWhiteSpace(expect.Text(messages[i], place, key)))
                {
                    expect.Fail($"{place}.{key}", "expected text");
                }
            }

            last = messages[i].TryGetProperty("role", out var role) && role.ValueKind == JsonValueKind.String ? role.GetString() : null;
            if (last != "user" && (last != "system" || i > 0))
            {
                expect.Fail(place + ".role", $"expected {(i == 0 ? "system or user" : "user")}, found '{last}'");
            }
        }

        if (last != "user")
        {
            expect.Fail(path, $"expected the last message to be the user's, found one of '{last ?? "nobody"}'");
        }
    }
}
