using System.Globalization;
using System.Text;
using AgentScaler.Storage;
using Azure.Data.Tables;

namespace AgentScaler.Azure.Rows;

/// <summary>A row as a table entity: its value in properties <c>V00</c>, <c>V01</c>, ..., each within a property's limit, or the hash of what stands in a blob.</summary>
internal static class TableRowEntity
{
    /// <summary>Properties that identify a version; enough where no value is wanted.</summary>
    public static readonly IReadOnlyList<string> VersionProperties = ["PartitionKey", "RowKey", Marks, Hash];

    private const string Marks = "Marks";
    private const string Hash = "SpilledSha256";

    /// <summary>UTF-16 units of one part: as many as a property takes.</summary>
    private const int PartCharacters = TableLimits.PropertyBytes / 2;

    /// <summary>Parts of an inline value; with keys and marks they leave some 60 KiB of an entity's 1 MiB.</summary>
    private const int MostParts = 15;

    /// <summary>Whether a value fits into an entity.</summary>
    public static bool Fits(string value) => value.Length <= (PartCharacters - 1) * MostParts;

    /// <summary>The entity of a row to be written.</summary>
    public static TableEntity Write(string partition, RowAction action)
    {
        var entity = new TableEntity(partition, action.Key);
        if (action.IsDelete)
        {
            return entity;
        }

        entity[Marks] = action.Marks;
        if (action.SpilledHash is not null)
        {
            entity[Hash] = action.SpilledHash;
        }

        var value = action.Value ?? string.Empty;
        for (int start = 0, part = 0; start < value.Length; part++)
        {
            var length = Math.Min(PartCharacters, value.Length - start);
            if (start + length < value.Length && char.IsHighSurrogate(value[start + length - 1]))
            {
                length--;
            }

            entity[NameOf(part)] = value.Substring(start, length);
            start += length;
        }

        return entity;
    }

    /// <summary>The row that an entity holds.</summary>
    /// <exception cref="StoreException">It holds none.</exception>
    public static StoredRow Read(TableEntity entity)
    {
        var value = new StringBuilder();
        for (var part = 0; entity.TryGetValue(NameOf(part), out var text); part++)
        {
            value.Append((string)text);
        }

        var hash = entity.GetString(Hash);
        return new StoredRow(entity.RowKey, hash is null ? value.ToString() : null, hash, VersionOf(entity));
    }

    /// <summary>The version that an entity is.</summary>
    /// <exception cref="StoreException">It is no row of ours.</exception>
    public static RowVersion VersionOf(TableEntity entity) =>
        entity.GetString(Marks) is { Length: >= WriteMark.Length } marks
            ? new RowVersion(entity.ETag.ToString(), marks, entity.GetString(Hash) is not null)
            : throw new StoreException($"entity '{entity.PartitionKey}/{entity.RowKey}' is no state row: it has no {Marks}; the table is used by something else");

    private static string NameOf(int part) => "V" + part.ToString("00", CultureInfo.InvariantCulture);
}
