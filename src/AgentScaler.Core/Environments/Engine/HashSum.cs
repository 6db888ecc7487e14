using System.Buffers.Binary;

namespace AgentScaler.Environments.Engine;

/// <summary>A sum of SHA-256 hashes modulo 2^256: the order of summands doesn't matter, and one can be taken out again.</summary>
internal readonly record struct HashSum
{
    /// <summary>Its size in bytes.</summary>
    public const int Size = 32;

    private readonly ulong w0;
    private readonly ulong w1;
    private readonly ulong w2;
    private readonly ulong w3;

    private HashSum(ulong w0, ulong w1, ulong w2, ulong w3) => (this.w0, this.w1, this.w2, this.w3) = (w0, w1, w2, w3);

    /// <summary>Reads 32 bytes, least significant first.</summary>
    public static HashSum Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));

    /// <summary>Writes 32 bytes, least significant first.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, w0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], w1);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], w2);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], w3);
    }

    /// <summary>The sum modulo 2^256.</summary>
    public static HashSum operator +(HashSum left, HashSum right)
    {
        var carry = UInt128.Zero;
        return new(
            Step(left.w0, right.w0, ref carry), Step(left.w1, right.w1, ref carry), Step(left.w2, right.w2, ref carry), Step(left.w3, right.w3, ref carry));

        static ulong Step(ulong a, ulong b, ref UInt128 carry)
        {
            var sum = (UInt128)a + b + carry;
            carry = sum >> 64;
            return (ulong)sum;
        }
    }

    /// <summary>The difference modulo 2^256.</summary>
    public static HashSum operator -(HashSum left, HashSum right) =>
        left + new HashSum(~right.w0, ~right.w1, ~right.w2, ~right.w3) + new HashSum(1, 0, 0, 0);
}
