using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Unicode;

namespace AgentScaler.Datasets.Writers;

/// <summary>
/// Reads records off their lines. Records of one environment have the same tools, half of a line: a list that was read before is not read again, and
/// is the same object, so that writers can keep what they make of it.
/// </summary>
internal sealed class RecordReader<TRecord>
{
    /// <summary>Bytes of lists kept; as objects they take a few times as much.</summary>
    private const int MostBytes = 16 << 20;

    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 256 };

    private readonly Dictionary<UInt128, IReadOnlyList<TrajectoryTool>> known = [];
    private byte[] rest = new byte[1 << 14];
    private long bytes;

    /// <summary>Reads a record; false if one of its texts has half a surrogate pair, which is valid JSON but no text that a consumer could read.</summary>
    /// <exception cref="JsonException">The line is no record, or not UTF-8.</exception>
    public bool TryRead(ReadOnlySpan<byte> line, [NotNullWhen(true)] out TRecord? record)
    {
        if (!Utf8.IsValid(line))
        {
            throw new JsonException("expected UTF-8");
        }

        if (HalfCharacter.IsIn(line))
        {
            SkipValue(line);
            record = default;
            return false;
        }

        record = Read(line)!;
        RecordLists.Check(record);
        return true;
    }

    /// <summary>Reads over a line.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    private static void SkipValue(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, Deep);
        while (reader.Read())
        {
        }
    }

    private TRecord Read(ReadOnlySpan<byte> line)
    {
        if (FindTools(line) is not { } place)
        {
            return DatasetJson.Read<TRecord>(line);
        }

        var (offset, length) = place.GetOffsetAndLength(line.Length);
        IReadOnlyList<TrajectoryTool> tools;
        try
        {
            tools = Tools(line.Slice(offset, length));
        }
        catch (JsonException)
        {
            // Read whole, the line gives the error its place in the record.
            DatasetJson.Read<TRecord>(line);
            throw;
        }

        if (rest.Length < line.Length)
        {
            rest = new byte[line.Length * 2];
        }

        line[..offset].CopyTo(rest);
        "[]"u8.CopyTo(rest.AsSpan(offset));
        line[(offset + length)..].CopyTo(rest.AsSpan(offset + 2));
        return With(DatasetJson.Read<TRecord>(rest.AsSpan(0, line.Length - length + 2)), tools);
    }

    private static TRecord With(TRecord record, IReadOnlyList<TrajectoryTool> tools) => (TRecord)(object)(record switch
    {
        Trajectory trajectory => trajectory with { Tools = tools },
        PreferencePair pair => pair with { Tools = tools },
        DatasetTask task => task with { Tools = tools },
        _ => throw new InvalidOperationException($"records of type {typeof(TRecord).Name} have no tools"),
    });

    /// <summary>Where the record's list of tools stands; null if it has none.</summary>
    private static Range? FindTools(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, Deep);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals("tools"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            var isList = reader.TokenType == JsonTokenType.StartArray;
            reader.Skip();
            if (found)
            {
                return isList ? start..(int)reader.BytesConsumed : null;
            }
        }

        return null;
    }

    private IReadOnlyList<TrajectoryTool> Tools(ReadOnlySpan<byte> json)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(json, hash);
        var key = BinaryPrimitives.ReadUInt128BigEndian(hash);
        if (known.TryGetValue(key, out var tools))
        {
            return tools;
        }

        tools = DatasetJson.Read<IReadOnlyList<TrajectoryTool>>(json);
        if (bytes > MostBytes)
        {
            known.Clear();
            bytes = 0;
        }

        bytes += json.Length;
        known[key] = tools;
        return tools;
    }
}
