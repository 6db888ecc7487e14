namespace AgentScaler.Azure.Rows;

/// <summary>How large texts are when a client sends them as JSON.</summary>
internal static class JsonBytes
{
    private const int Escape = 6;

    /// <summary>An upper bound: quotes, angle brackets, ampersands, everything beyond ASCII may be sent as <c>\uXXXX</c>, which the cautious encoders do.</summary>
    public static int AtMost(string text)
    {
        var bytes = 2;
        foreach (var c in text)
        {
            bytes += c is >= ' ' and <= '~' and not ('"' or '\\' or '<' or '>' or '&' or '\'' or '+' or '`') ? 1 : Escape;
        }

        return bytes;
    }
}
