using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Unicode;

namespace AgentScaler.Tools.Reading;

/// <summary>
/// Turns a document's bytes into sound UTF-8: inflates gzip, decodes UTF-16 and UTF-32 with a byte order mark, replaces what no text can hold.
/// </summary>
internal static class DocumentText
{
    /// <summary>Most bytes a compressed document may unfold to.</summary>
    private const int MaximumInflated = 1 << 30;

    public static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> bytes, ProblemList problems)
    {
        if (bytes.Span is [0x1f, 0x8b, ..])
        {
            bytes = Inflate(bytes, problems);
        }

        if (Archive.Kind(bytes.Span) is { } kind && kind != "binary")
        {
            return bytes;
        }

        bytes = bytes.Span switch
        {
            [0xff, 0xfe, 0, 0, ..] => Recode(new UTF32Encoding(bigEndian: false, byteOrderMark: true), bytes[4..]),
            [0, 0, 0xfe, 0xff, ..] => Recode(new UTF32Encoding(bigEndian: true, byteOrderMark: true), bytes[4..]),
            [0xff, 0xfe, ..] => Recode(Encoding.Unicode, bytes[2..]),
            [0xfe, 0xff, ..] => Recode(Encoding.BigEndianUnicode, bytes[2..]),
            [0xef, 0xbb, 0xbf, ..] => bytes[3..],
            _ => bytes,
        };
        return SurrogateEscapes.Replace(ReplaceInvalid(bytes, problems), problems);
    }

    /// <summary>Line and byte within it, both 1-based, of an offset.</summary>
    public static string PlaceOf(ReadOnlySpan<byte> text, int offset)
    {
        var before = text[..offset];
        return FormattableString.Invariant($"line {before.Count((byte)'\n') + 1}, byte {offset - before.LastIndexOf((byte)'\n')}");
    }

    private static ReadOnlyMemory<byte> Recode(Encoding encoding, ReadOnlyMemory<byte> bytes) =>
        Encoding.Convert(encoding, Encoding.UTF8, bytes.ToArray());

    private static ReadOnlyMemory<byte> ReplaceInvalid(ReadOnlyMemory<byte> bytes, ProblemList problems)
    {
        if (Utf8.IsValid(bytes.Span))
        {
            return bytes;
        }

        problems.Add(
            "encoding.invalid",
            PlaceOf(bytes.Span, FirstInvalid(bytes.Span)),
            "bytes that are no UTF-8",
            "UTF-8, or UTF-16 with a byte order mark; such bytes are read as U+FFFD");
        return Recode(Encoding.UTF8, bytes);
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(bytes[offset..], out _, out var consumed) == OperationStatus.Done)
        {
            offset += consumed;
        }

        return offset;
    }

    private static ReadOnlyMemory<byte> Inflate(ReadOnlyMemory<byte> bytes, ProblemList problems)
    {
        using var source = new GZipStream(new MemoryStream(bytes.ToArray(), writable: false), CompressionMode.Decompress);
        using var target = new MemoryStream();
        var buffer = new byte[1 << 16];
        try
        {
            for (int read; (read = source.Read(buffer)) > 0;)
            {
                if (target.Length + read > MaximumInflated)
                {
                    problems.Add("gzip.too-large", "document", "more bytes", $"at most {MaximumInflated} bytes after unpacking; the rest is cut");
                    break;
                }

                target.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException e)
        {
            problems.Add("gzip.invalid", "document", e.Message, "a whole gzip stream; what could be unpacked is read");
        }

        return target.GetBuffer().AsMemory(0, (int)target.Length);
    }
}
