using System.Runtime.InteropServices;

namespace AgentScaler.Models.Replies;

/// <summary>The vectors of one batch of texts, each as little-endian 32-bit floats in base64.</summary>
internal sealed record KeptVectors(IReadOnlyList<string> Vectors)
{
    /// <summary>Packs vectors.</summary>
    public static KeptVectors Of(IEnumerable<ReadOnlyMemory<float>> vectors) =>
        new([.. vectors.Select(vector => Convert.ToBase64String(MemoryMarshal.AsBytes(vector.Span)))]);

    /// <summary>Unpacks them.</summary>
    public IReadOnlyList<ReadOnlyMemory<float>> ToVectors() =>
        [.. Vectors.Select(text => (ReadOnlyMemory<float>)MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(text)).ToArray())];
}
