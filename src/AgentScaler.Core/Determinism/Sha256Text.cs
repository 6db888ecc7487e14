using System.Security.Cryptography;
using System.Text;

namespace AgentScaler.Determinism;

/// <summary>SHA-256 of UTF-8 text and of streams, as 64 lower-case hexadecimal digits.</summary>
public static class Sha256Text
{
    /// <summary>Hashes a text's UTF-8 bytes.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Hashes bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Hashes a stream to its end.</summary>
    public static async Task<string> OfAsync(Stream stream, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
}
