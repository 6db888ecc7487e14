using AgentScaler.Determinism;

namespace AgentScaler.Tools;

/// <summary>One document of a catalogue, as raw bytes (gzip allowed).</summary>
/// <param name="Sha256">SHA-256 of the bytes, 64 lower-case hexadecimal digits: what the document is known by.</param>
/// <param name="Bytes">The bytes as they were found.</param>
/// <param name="Name">The name people know it by; for reports only, it shapes no tool.</param>
public sealed record CatalogueDocument(string Sha256, ReadOnlyMemory<byte> Bytes, string? Name = null)
{
    /// <summary>A document of these bytes.</summary>
    public static CatalogueDocument Of(ReadOnlyMemory<byte> bytes, string? name = null) => new(Sha256Text.Of(bytes.Span), bytes, name);
}
