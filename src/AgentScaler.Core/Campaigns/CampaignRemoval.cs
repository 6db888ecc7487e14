using System.Text.Json;
using AgentScaler.Episodes.Checkpoints;
using AgentScaler.Models.Spending;
using AgentScaler.Storage;
using AgentScaler.Tools.Sources;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns;

/// <summary>
/// Removes a campaign that has ended from the stores: its steps' artifacts, its episodes' rows, its row in the index, its identity. What another campaign
/// of the store made too, or reads, stays. It can be broken off and begun again: what builds on others' results goes before them, the identity last.
/// </summary>
public sealed class CampaignRemoval(IArtifactStore artifacts, IStateStore state, StepRunner runner)
{
    private const int AtOnce = 16;

    /// <summary>Removes a campaign; nothing is left to do if it was removed.</summary>
    /// <param name="campaign">Reference of its identity.</param>
    /// <param name="earlier">Earlier increments of its series, or null.</param>
    /// <param name="kept">Increments that others of the series read.</param>
    /// <param name="withDocuments">Also the catalogue documents that no other campaign lists.</param>
    /// <returns>How many artifacts were removed.</returns>
    /// <exception cref="StoreException">The store failed; begin again.</exception>
    public async Task<int> RemoveAsync(
        string campaign, IReadOnlyList<string>? earlier, IReadOnlyCollection<string> kept, bool withDocuments, CancellationToken cancellationToken)
    {
        if (!await artifacts.ExistsAsync(campaign, cancellationToken))
        {
            return 0;
        }

        var identity = await CampaignStore.LoadAsync(artifacts, campaign, cancellationToken);
        var mine = await CampaignFootprint.FindAsync(runner, campaign, earlier, cancellationToken);
        var needed = kept.Select(Folder).ToHashSet(StringComparer.Ordinal);
        var documents = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var other in CampaignStore.ListAsync(artifacts, cancellationToken))
        {
            if (other != campaign && await LoadAsync(other, cancellationToken) is { } identityOfOther)
            {
                var footprint = await CampaignFootprint.FindAsync(runner, other, null, cancellationToken);
                needed.UnionWith(footprint.Steps.Select(run => run.Prefix));
                needed.UnionWith(footprint.Inputs.Select(Folder));
                documents.UnionWith(identityOfOther.Documents);
            }
        }

        var removed = 0;
        foreach (var run in mine.Steps.Reverse().Where(run => !needed.Contains(run.Prefix)))
        {
            removed += await RemoveStepAsync(run, cancellationToken);
        }

        foreach (var sha256 in identity.Documents.Where(sha256 => withDocuments && !documents.Contains(sha256)))
        {
            await artifacts.DeleteAsync(DocumentUpload.ArtifactOf(sha256), cancellationToken);
            removed++;
        }

        var hash = CampaignStore.HashOf(identity);
        await RemoveRowsAsync(SpendLedger.PartitionOf(hash), cancellationToken);
        await state.WriteAsync(CampaignBudgets.Partition, [StateWrite.Delete(hash)], cancellationToken);
        await state.WriteAsync(CampaignIndex.Partition, [StateWrite.Delete(hash)], cancellationToken);
        await artifacts.DeleteAsync(campaign, cancellationToken);
        return removed + 1;
    }

    /// <summary>Null for an identity of another version of the program: its steps were others, and nothing can run them any more.</summary>
    private async Task<CampaignIdentity?> LoadAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            return await CampaignStore.LoadAsync(artifacts, reference, cancellationToken);
        }
        catch (StoreException e) when (e.InnerException is JsonException)
        {
            return null;
        }
    }

    /// <summary>The result goes last: while it is there, what builds on it can be found.</summary>
    private async Task<int> RemoveStepAsync(StepRun run, CancellationToken cancellationToken)
    {
        if (run.Prefix.StartsWith($"steps/{StepNames.RollOut.Name}/", StringComparison.Ordinal))
        {
            await RemoveRowsAsync(EpisodeCheckpoints.PartitionOf(run.Key), cancellationToken);
        }

        var names = new List<string>();
        await foreach (var name in artifacts.ListAsync(run.Prefix, cancellationToken))
        {
            names.Add(name);
        }

        var result = run.NewArtifact(StepRunner.ResultName);
        await Parallel.ForEachAsync(
            names.Where(name => name != result),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (name, token) => await artifacts.DeleteAsync(name, token));
        await artifacts.DeleteAsync(result, cancellationToken);
        return names.Count;
    }

    private async Task RemoveRowsAsync(string partition, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        await foreach (var row in state.ListAsync(partition, string.Empty, cancellationToken))
        {
            keys.Add(row.Key);
        }

        foreach (var batch in keys.Chunk(StateLimits.BatchWrites))
        {
            await state.WriteAsync(partition, [.. batch.Select(key => StateWrite.Delete(key))], cancellationToken);
        }
    }

    private static string Folder(string artifact) => artifact[..(artifact.LastIndexOf('/') + 1)];
}
