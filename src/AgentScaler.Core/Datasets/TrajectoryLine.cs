using System.Text;
using System.Text.Json;
using AgentScaler.Storage;

namespace AgentScaler.Datasets;

/// <summary>Reads a record's ids off its line without building the record.</summary>
internal static class TrajectoryLine
{
    /// <summary>The value of <c>metadata.episode</c>.</summary>
    /// <exception cref="StoreException">The line is no record.</exception>
    public static string ReadId(string line, string artifact) => Read(line, "episode"u8, artifact);

    /// <summary>The value of <c>metadata.task</c>.</summary>
    /// <exception cref="StoreException">The line is no record.</exception>
    public static string ReadTask(string line, string artifact) => Read(line, "task"u8, artifact);

    /// <summary>The id of a preference pair.</summary>
    /// <exception cref="StoreException">The line is no pair.</exception>
    public static string ReadPair(string line, string artifact) => ReadTop(line, "id"u8, artifact);

    /// <summary>The task of a line of difficulties.</summary>
    /// <exception cref="StoreException">The line has none.</exception>
    public static string ReadDifficulty(string line, string artifact) => ReadTop(line, "task"u8, artifact);

    private static string ReadTop(string line, ReadOnlySpan<byte> name, string artifact)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(line), new JsonReaderOptions { MaxDepth = 256 });
            if (Seek(ref reader, name) && reader.TokenType == JsonTokenType.String)
            {
                return reader.GetString()!;
            }
        }
        catch (JsonException e)
        {
            throw new StoreException($"artifact '{artifact}': expected JSON a line: {e.Message}", e);
        }

        throw new StoreException($"artifact '{artifact}': expected a line with {Encoding.UTF8.GetString(name)}");
    }

    private static string Read(string line, ReadOnlySpan<byte> name, string artifact)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(line), new JsonReaderOptions { MaxDepth = 256 });
            if (Seek(ref reader, "metadata"u8) && Seek(ref reader, name) && reader.TokenType == JsonTokenType.String)
            {
                return reader.GetString()!;
            }
        }
        catch (JsonException e)
        {
            throw new StoreException($"artifact '{artifact}': expected a trajectory a line: {e.Message}", e);
        }

        throw new StoreException($"artifact '{artifact}': expected a trajectory a line with metadata.{Encoding.UTF8.GetString(name)}");
    }

    /// <summary>The record's metadata; null if the line has none.</summary>
    /// <param name="line">UTF-8.</param>
    /// <exception cref="JsonException">The line is no JSON.</exception>
    public static JsonElement? ReadMetadata(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 256 });
        return Seek(ref reader, "metadata"u8) && reader.TokenType == JsonTokenType.StartObject ? JsonElement.ParseValue(ref reader) : null;
    }

    /// <summary>Enters the object ahead and stops at the value of the named property.</summary>
    private static bool Seek(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType == JsonTokenType.None)
        {
            reader.Read();
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
