using System.Globalization;

namespace AgentScaler.Datasets.Writers;

/// <summary>Finds half surrogate pairs in JSON: <c>\ud83d</c> without <c>\ude00</c> after it. In UTF-8 they can only be written as escapes.</summary>
internal static class HalfCharacter
{
    private const int EscapeLength = 6;

    /// <summary>Whether a text of the JSON has one.</summary>
    public static bool IsIn(ReadOnlySpan<byte> json)
    {
        for (int at; (at = json.IndexOf((byte)'\\')) >= 0;)
        {
            json = json[at..];
            var unit = Unit(json);
            if (unit is not { } c || !char.IsSurrogate(c))
            {
                // What is escaped may be a backslash itself.
                json = json[Math.Min(2, json.Length)..];
                continue;
            }

            if (char.IsLowSurrogate(c) || Unit(json[EscapeLength..]) is not { } next || !char.IsLowSurrogate(next))
            {
                return true;
            }

            json = json[(2 * EscapeLength)..];
        }

        return false;
    }

    /// <summary>The UTF-16 unit that an escape at the start stands for; null if there is none.</summary>
    private static char? Unit(ReadOnlySpan<byte> json) =>
        json.Length >= EscapeLength && json[0] == '\\' && json[1] == 'u' && ushort.TryParse(json[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
