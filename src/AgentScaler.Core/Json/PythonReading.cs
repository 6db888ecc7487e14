using System.Buffers;

namespace AgentScaler.Json;

/// <summary>
/// Tells whether JavaScript's <c>JSON.parse</c> would lose of a text what Python's <c>json.loads</c> keeps. A pass over the bytes here costs a tenth of a
/// regular expression in V8; most texts have nothing of the kind, and are then read by the fast way.
/// </summary>
internal static class PythonReading
{
    /// <summary>Digits that a double holds in any case.</summary>
    private const int SafeDigits = 15;

    /// <summary>Keys of more digits are no array indexes, so that JavaScript leaves them in their place.</summary>
    private const int IndexDigits = 10;

    private static readonly SearchValues<byte> EndOfText = SearchValues.Create("\"\\"u8);

    /// <summary>Whether the text holds a float of integral value, an exponent, a long integer, -0, a key that is an array index, or an escaped control character.</summary>
    /// <param name="json">Valid JSON, UTF-8.</param>
    public static bool DiffersFromJson(ReadOnlySpan<byte> json)
    {
        for (var at = 0; at < json.Length;)
        {
            switch (json[at])
            {
                case (byte)'"':
                    if (!PassText(json, ref at))
                    {
                        return true;
                    }

                    break;
                case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                    if (!PassNumber(json, ref at))
                    {
                        return true;
                    }

                    break;
                default:
                    at++;
                    break;
            }
        }

        return false;
    }

    /// <summary>Moves behind a text; false if it makes a difference.</summary>
    private static bool PassText(ReadOnlySpan<byte> json, ref int at)
    {
        var start = ++at;
        while (true)
        {
            at += json[at..].IndexOfAny(EndOfText);
            if (json[at] == '"')
            {
                break;
            }

            if (json[at..].StartsWith("\\u00"u8))
            {
                return false;
            }

            at += 2;
        }

        var text = json[start..at++];
        return text.IsEmpty || text.Length > IndexDigits || text.ContainsAnyExceptInRange((byte)'0', (byte)'9') || !IsKey(json[at..]);
    }

    private static bool IsKey(ReadOnlySpan<byte> rest)
    {
        var next = rest.IndexOfAnyExcept(" \t\r\n"u8);
        return next >= 0 && rest[next] == ':';
    }

    /// <summary>Moves behind a number; false if it makes a difference.</summary>
    private static bool PassNumber(ReadOnlySpan<byte> json, ref int at)
    {
        var start = at;
        while (at < json.Length && json[at] is (byte)'-' or (>= (byte)'0' and <= (byte)'9'))
        {
            at++;
        }

        var whole = json[start..at];
        if (at == json.Length || json[at] is not ((byte)'.' or (byte)'e' or (byte)'E'))
        {
            return whole.Length <= SafeDigits && !whole.SequenceEqual("-0"u8);
        }

        if (json[at] != '.')
        {
            return false;
        }

        var fraction = ++at;
        while (at < json.Length && json[at] is >= (byte)'0' and <= (byte)'9')
        {
            at++;
        }

        return json[fraction..at].ContainsAnyExcept((byte)'0') && (at == json.Length || json[at] is not ((byte)'e' or (byte)'E')) && at - start <= SafeDigits + 1;
    }
}
