namespace AgentScaler.Tools.Reading;

/// <summary>Knows files that hold other files, or no text at all, by their first bytes.</summary>
internal static class Archive
{
    /// <summary>How much is looked at for bytes that no text holds.</summary>
    private const int Glimpse = 4096;

    /// <summary>The kind of file, or null if it may be text.</summary>
    public static string? Kind(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [(byte)'P', (byte)'K', 3 or 5 or 7, 4 or 6 or 8, ..] => "archive-zip",
        [(byte)'7', (byte)'z', 0xbc, 0xaf, ..] => "archive-7z",
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] => "archive-rar",
        [(byte)'B', (byte)'Z', (byte)'h', ..] => "archive-bzip2",
        [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] => "archive-xz",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "archive-zstd",
        _ when bytes.Length > 262 && bytes[257..262].SequenceEqual("ustar"u8) => "archive-tar",
        _ => bytes[..Math.Min(bytes.Length, Glimpse)].Contains((byte)0) ? "binary" : null,
    };
}
