using System.Text.Json;
using AgentScaler.Storage;

namespace AgentScaler.Azure.Rows;

/// <summary>A row as a Cosmos item: <c>id</c>, <c>partition</c>, <c>marks</c>, and <c>value</c> (the document's text, byte for byte) or the <c>sha256</c> of what stands in a blob.</summary>
internal static class CosmosRowItem
{
    /// <summary>The item of a row to be written.</summary>
    public static Stream Write(string partition, RowAction action)
    {
        var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("id", action.Key);
            writer.WriteString("partition", partition);
            writer.WriteString("marks", action.Marks);
            if (action.SpilledHash is null)
            {
                writer.WriteString("value", action.Value);
            }
            else
            {
                writer.WriteString("sha256", action.SpilledHash);
            }

            writer.WriteEndObject();
        }

        stream.Position = 0;
        return stream;
    }

    /// <summary>The row that an item holds.</summary>
    /// <param name="place">The container, for the message.</param>
    /// <exception cref="StoreException">It holds none.</exception>
    public static StoredRow Read(JsonElement item, string place)
    {
        var version = VersionOf(item, place);
        return new StoredRow(item.GetProperty("id").GetString()!, Text(item, "value"), Text(item, "sha256"), version);
    }

    /// <summary>The version that an item is.</summary>
    /// <param name="place">The container, for the message.</param>
    /// <exception cref="StoreException">It is no row of ours.</exception>
    public static RowVersion VersionOf(JsonElement item, string place) =>
        Text(item, "marks") is { Length: >= WriteMark.Length } marks
            ? new RowVersion(Text(item, "_etag")!, marks, Text(item, "sha256") is not null)
            : throw new StoreException($"item '{Text(item, "id")}' in {place} is no state row: it has no marks; the container is used by something else");

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var text) ? text.GetString() : null;
}
