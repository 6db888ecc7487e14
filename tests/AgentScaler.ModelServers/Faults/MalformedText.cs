namespace AgentScaler.ModelServers.Faults;

/// <summary>Texts that were JSON.</summary>
internal static class MalformedText
{
    /// <summary>Cut off, in single quotes with a comma too many, or with a tag behind.</summary>
    public static string Of(string json, ulong choice) => (choice % 3) switch
    {
        0 => FirstHalf(json) + "\"",
        1 => json.TrimEnd('}', ' ').Replace('"', '\'') + ",}",
        _ => json + "</tool_call>",
    };

    /// <summary>The first half, no character torn.</summary>
    public static string FirstHalf(string text)
    {
        var half = text.Length / 2;
        return text[..(half > 0 && char.IsHighSurrogate(text[half - 1]) ? half - 1 : half)];
    }
}
