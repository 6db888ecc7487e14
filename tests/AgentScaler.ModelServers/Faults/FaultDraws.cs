using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace AgentScaler.ModelServers.Faults;

/// <summary>Draws what befalls each request by a plan.</summary>
internal sealed class FaultDraws
{
    private readonly FaultPlan plan;
    private readonly (TransportFault Kind, double Share)[] transport;
    private readonly (SemanticFault Kind, double Share)[] semantic;
    private readonly ConcurrentDictionary<UInt128, int> seen = new();

    public FaultDraws(FaultPlan plan)
    {
        this.plan = plan;
        transport = Ordered(plan.Transport);
        semantic = Ordered(plan.Semantic);
    }

    /// <param name="hash">SHA-256 of the request's body.</param>
    public FaultDraw Draw(ReadOnlySpan<byte> hash)
    {
        if (transport.Length == 0 && semantic.Length == 0)
        {
            return default;
        }

        var occurrence = seen.AddOrUpdate(BinaryPrimitives.ReadUInt128LittleEndian(hash), 0, (_, before) => before + 1);
        if (occurrence >= plan.MostPerBody)
        {
            return default;
        }

        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes + 16];
        hash.CopyTo(bytes);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[SHA256.HashSizeInBytes..], plan.Seed);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[(SHA256.HashSizeInBytes + 8)..], occurrence);
        Span<byte> drawn = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, drawn);
        return new FaultDraw(Pick(transport, drawn), Pick(semantic, drawn[8..]), BinaryPrimitives.ReadUInt64LittleEndian(drawn[16..]));
    }

    private static (T Kind, double Share)[] Ordered<T>(IReadOnlyDictionary<T, double> shares)
        where T : struct, Enum
    {
        if (shares.Values.Any(s => s is not (>= 0 and <= 1)) || shares.Values.Sum() > 1 + 1e-9)
        {
            throw new ArgumentException($"shares of {typeof(T).Name} must lie in 0..1, and be at most 1 together");
        }

        return [.. shares.OrderBy(s => s.Key).Select(s => (s.Key, s.Value))];
    }

    private static T? Pick<T>((T Kind, double Share)[] shares, ReadOnlySpan<byte> bits)
        where T : struct
    {
        var left = (BinaryPrimitives.ReadUInt64LittleEndian(bits) >> 11) * (1.0 / (1UL << 53));
        foreach (var (kind, share) in shares)
        {
            left -= share;
            if (left < 0)
            {
                return kind;
            }
        }

        return null;
    }
}
