using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace AgentScaler.Graphs;

/// <summary>
/// Reads a raw matrix: little-endian float32, row-major, nothing else; gzip is recognised by its content. A name like
/// <c>vectors_10000x256.f32.gz</c> says rows and dimensions.
/// </summary>
public static partial class VectorFile
{
    /// <summary>A row whose length differs from 1 by no more counts as normalised and is taken as it is.</summary>
    private const double NormTolerance = 1e-3;

    private const int FirstCapacity = 1 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="dimensions">Length of a row; null if the file's name says it.</param>
    /// <exception cref="GraphException">The dimensions are unknown, or the file's size is no whole number of such rows.</exception>
    public static VectorFileContent Read(string path, int? dimensions)
    {
        var named = SizeInName().Match(Path.GetFileName(path));
        var length = dimensions ?? (named.Success && int.TryParse(named.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var said)
            ? said
            : throw new GraphException($"how long a row of {path} is stands neither in its name (ROWSxDIMENSIONS) nor in --dimensions"));
        if (length < 1)
        {
            throw new GraphException($"rows of {length} values; expected dimensions of at least 1");
        }

        var values = ReadValues(path, length);
        if (dimensions is null && named.Groups[1].Value != (values.Length / length).ToString(CultureInfo.InvariantCulture))
        {
            throw new GraphException($"{path} holds {values.Length / length} rows of {length} values, its name says {named.Groups[1].Value}; give --dimensions if the name is wrong");
        }

        var (rescaled, unusable) = Normalise(values, length);
        return new VectorFileContent(new VectorTable(values, length), rescaled, unusable);
    }

    private static float[] ReadValues(string path, int dimensions)
    {
        using var stream = GraphFile.OpenRead(path);
        var values = new float[stream.CanSeek ? (int)Math.Min(stream.Length / sizeof(float), Array.MaxLength) : FirstCapacity];
        long bytes = 0;
        try
        {
            while (true)
            {
                var free = MemoryMarshal.AsBytes(values.AsSpan((int)(bytes / sizeof(float))))[(int)(bytes % sizeof(float))..];
                if (free.IsEmpty)
                {
                    if (stream.ReadByte() is var next && next < 0)
                    {
                        break;
                    }

                    var capacity = Math.Min(Math.Max(2L * values.Length, FirstCapacity), Array.MaxLength);
                    if (capacity == values.Length)
                    {
                        throw new GraphException($"{path} holds more than {Array.MaxLength} values");
                    }

                    Array.Resize(ref values, (int)capacity);
                    MemoryMarshal.AsBytes(values.AsSpan((int)(bytes / sizeof(float))))[0] = (byte)next;
                    bytes++;
                }
                else if (stream.Read(free) is var read && read > 0)
                {
                    bytes += read;
                }
                else
                {
                    break;
                }
            }
        }
        catch (InvalidDataException e)
        {
            throw new GraphException($"{path}: {e.Message}");
        }

        if (bytes % ((long)dimensions * sizeof(float)) != 0)
        {
            throw new GraphException($"{path} holds {bytes} bytes; expected a whole number of rows of {dimensions} values of {sizeof(float)} bytes");
        }

        Array.Resize(ref values, (int)(bytes / sizeof(float)));
        if (!BitConverter.IsLittleEndian)
        {
            var bits = MemoryMarshal.Cast<float, int>(values.AsSpan());
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        return values;
    }

    /// <summary>Brings rows to length 1; rows that are no numbers become zero, which is similar to nothing.</summary>
    private static (int Rescaled, IReadOnlyList<int> Unusable) Normalise(float[] values, int dimensions)
    {
        var rescaled = 0;
        var unusable = new List<int>();
        for (var start = 0; start < values.Length; start += dimensions)
        {
            var row = values.AsSpan(start, dimensions);
            var norm = Math.Sqrt(CosineKernel.Dot(row, row));
            if (!double.IsFinite(norm))
            {
                row.Clear();
                unusable.Add(start / dimensions);
            }
            else if (norm > 0 && Math.Abs(norm - 1) > NormTolerance)
            {
                rescaled++;
                foreach (ref var value in row)
                {
                    value = (float)(value / norm);
                }
            }
        }

        return (rescaled, unusable);
    }

    [GeneratedRegex(@"(\d+)x(\d+)(?!.*\d+x\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex SizeInName();
}
