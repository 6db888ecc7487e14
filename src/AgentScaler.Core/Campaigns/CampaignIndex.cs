using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentScaler.Json;
using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns;

/// <summary>The index of campaigns in a state store: partition <c>campaigns</c>, a row per identity.</summary>
public sealed class CampaignIndex(IStateStore store)
{
    /// <summary>The partition of the rows.</summary>
    public const string Partition = "campaigns";

    /// <summary>Records where a campaign stands. If two record at once, each sees what it replaces and the later one stands.</summary>
    /// <param name="campaign">The identity's hash.</param>
    public async Task SetAsync(string campaign, CampaignState state, WorkflowStatus status, CancellationToken cancellationToken)
    {
        var value = CanonicalJson.Serialize(new CampaignRow(campaign, state, status));
        while (true)
        {
            var current = await store.GetAsync(Partition, campaign, cancellationToken);
            if (current?.Value == value)
            {
                return;
            }

            try
            {
                var write = current is null ? StateWrite.Insert(campaign, value) : StateWrite.Replace(campaign, value, current.ETag);
                await store.WriteAsync(Partition, [write], cancellationToken);
                return;
            }
            catch (StateConflictException)
            {
                // Another process recorded in between: look again.
            }
        }
    }

    /// <summary>A campaign's row, or null.</summary>
    public async Task<CampaignRow?> GetAsync(string campaign, CancellationToken cancellationToken) =>
        await store.GetAsync(Partition, campaign, cancellationToken) is { } row ? Read(row) : null;

    /// <summary>All rows, by hash.</summary>
    public async IAsyncEnumerable<CampaignRow> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in store.ListAsync(Partition, string.Empty, cancellationToken))
        {
            yield return Read(row);
        }
    }

    private static CampaignRow Read(StateRow row)
    {
        try
        {
            return JsonSerializer.Deserialize<CampaignRow>(row.Value, ArtifactJson.Options)!;
        }
        catch (JsonException e)
        {
            throw new StoreException($"state row '{row.Partition}/{row.Key}', {e.Path ?? "$"}: expected a campaign's row: {e.Message}", e);
        }
    }
}
