using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Json;
using AgentScaler.Storage;

namespace AgentScaler.Environments.Engine;

/// <summary>
/// Snapshots of sessions in a state store: one row that names the parts, and the parts below it, because a value has a limit. The row is written last, so that a
/// reader sees a whole snapshot, the old one or the new.
/// </summary>
public sealed class SessionSnapshots(IStateStore store)
{
    /// <summary>Characters of a part: escaped as JSON it stays within <see cref="StateLimits.ValueBytes"/> in any case.</summary>
    private const int PartCharacters = 64 * 1024;

    /// <summary>Writes a snapshot over the one that is there, if any.</summary>
    /// <exception cref="StateConflictException">Another writer came between.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task SaveAsync(string partition, string key, SessionSnapshot snapshot, CancellationToken cancellationToken = default)
    {
        var before = await store.GetAsync(partition, key, cancellationToken);
        var text = JsonSerializer.Serialize(snapshot, ArtifactJson.Options);
        var head = new Head(Sha256Text.Of(text), ((text.Length - 1) / PartCharacters) + 1);
        for (var i = 0; i < head.Parts; i++)
        {
            var part = text.AsSpan(i * PartCharacters, Math.Min(PartCharacters, text.Length - (i * PartCharacters)));
            var value = new StringBuilder();
            CanonicalJson.AppendString(value, part);
            await store.WriteAsync(partition, [StateWrite.Put(PartKey(key, head, i), value.ToString())], cancellationToken);
        }

        var written = JsonSerializer.Serialize(head, ArtifactJson.Options);
        await store.WriteAsync(partition, [before is null ? StateWrite.Insert(key, written) : StateWrite.Replace(key, written, before.ETag)], cancellationToken);
        if (before is not null && Read(before) is var old && old.Hash != head.Hash)
        {
            await DeletePartsAsync(partition, key, old, cancellationToken);
        }
    }

    /// <summary>Reads a snapshot; null if there is none.</summary>
    /// <exception cref="StoreException">It is damaged, or the store failed.</exception>
    public async Task<SessionSnapshot?> LoadAsync(string partition, string key, CancellationToken cancellationToken = default)
    {
        if (await store.GetAsync(partition, key, cancellationToken) is not { } row)
        {
            return null;
        }

        var head = Read(row);
        var text = new StringBuilder();
        for (var i = 0; i < head.Parts; i++)
        {
            var part = await store.GetAsync(partition, PartKey(key, head, i), cancellationToken)
                ?? throw new StoreException($"snapshot '{partition}/{key}': part {i} of {head.Parts} is missing");
            using var document = JsonDocument.Parse(part.Value);
            text.Append(JsonText.Of(document.RootElement));
        }

        return Sha256Text.Of(text.ToString()) == head.Hash
            ? JsonSerializer.Deserialize<SessionSnapshot>(text.ToString(), ArtifactJson.Options)
            : throw new StoreException($"snapshot '{partition}/{key}': its parts are not what its hash says");
    }

    /// <summary>Deletes a snapshot, if it is there.</summary>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task DeleteAsync(string partition, string key, CancellationToken cancellationToken = default)
    {
        if (await store.GetAsync(partition, key, cancellationToken) is { } row)
        {
            await store.WriteAsync(partition, [StateWrite.Delete(key, row.ETag)], cancellationToken);
            await DeletePartsAsync(partition, key, Read(row), cancellationToken);
        }
    }

    private async Task DeletePartsAsync(string partition, string key, Head head, CancellationToken cancellationToken)
    {
        foreach (var batch in Enumerable.Range(0, head.Parts).Chunk(StateLimits.BatchWrites))
        {
            await store.WriteAsync(partition, [.. batch.Select(i => StateWrite.Delete(PartKey(key, head, i)))], cancellationToken);
        }
    }

    private static Head Read(StateRow row) => JsonSerializer.Deserialize<Head>(row.Value, ArtifactJson.Options)
        ?? throw new StoreException($"snapshot '{row.Partition}/{row.Key}': expected its parts, found null");

    /// <summary>Named by content, so that the parts of two snapshots never mix.</summary>
    private static string PartKey(string key, Head head, int part) => string.Create(CultureInfo.InvariantCulture, $"{key}.{head.Hash[..16]}.{part:D5}");

    private sealed record Head(string Hash, int Parts);
}
