using AgentScaler.Storage;

namespace AgentScaler.Azure.Rows;

/// <summary>Ranges of keys, for services that compare but know no prefixes.</summary>
internal static class KeyRange
{
    /// <summary>A key that comes after all keys with the prefix and before all others that follow them; null if there are no such others.</summary>
    public static string? After(string prefix)
    {
        for (var end = prefix.Length - 1; end >= 0; end--)
        {
            for (var next = prefix[end] + 1; next <= char.MaxValue; next++)
            {
                if (StateLimits.BeginsKey(((char)next).ToString()))
                {
                    return prefix[..end] + (char)next;
                }
            }
        }

        return null;
    }
}
