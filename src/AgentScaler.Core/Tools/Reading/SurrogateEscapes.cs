using System.Buffers.Text;

namespace AgentScaler.Tools.Reading;

/// <summary>
/// Replaces half surrogate pairs (<c>"\ud800"</c>) in JSON text by <c>\ufffd</c>, which is as long: JSON allows them, but no string can hold
/// them, and every reader would throw at the value instead of at the document.
/// </summary>
internal static class SurrogateEscapes
{
    private const int Length = 6;

    public static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> json, ProblemList problems)
    {
        byte[]? copy = null;
        var text = json.Span;
        for (var i = 0; i + 1 < text.Length;)
        {
            var next = text[i..].IndexOf((byte)'\\');
            if (next < 0)
            {
                break;
            }

            i += next;
            var unit = UnitAt(text, i);
            if (unit is >= 0xd800 and <= 0xdbff && UnitAt(text, i + Length) is >= 0xdc00 and <= 0xdfff)
            {
                i += 2 * Length;
            }
            else if (unit is >= 0xd800 and <= 0xdfff)
            {
                problems.Add(
                    "encoding.surrogate", DocumentText.PlaceOf(text, i), "half of a surrogate pair", "whole characters; it is read as U+FFFD");
                copy ??= json.ToArray();
                "\\ufffd"u8.CopyTo(copy.AsSpan(i));
                i += Length;
            }
            else
            {
                i += 2;
            }
        }

        return copy ?? json;
    }

    /// <summary>The UTF-16 unit that an escape at this offset stands for, or -1.</summary>
    private static int UnitAt(ReadOnlySpan<byte> text, int offset) =>
        offset + Length <= text.Length && text[offset] == '\\' && text[offset + 1] == 'u'
        && Utf8Parser.TryParse(text.Slice(offset + 2, 4), out ushort unit, out var consumed, 'x') && consumed == 4
            ? unit
            : -1;
}
