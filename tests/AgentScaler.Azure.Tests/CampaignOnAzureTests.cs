using System.Globalization;
using AgentScaler.Azure.Tests.Emulators;
using AgentScaler.Azure.Tests.Faults;
using AgentScaler.Determinism;
using AgentScaler.Episodes.Checkpoints;
using Azure.Core.Pipeline;
using Xunit.Abstractions;

namespace AgentScaler.Azure.Tests;

/// <summary>The real pipeline on Blob and Table: the same bytes as on folder and SQLite, also where storage fails, for few requests.</summary>
[Collection(Azurite.Collection)]
public sealed class CampaignOnAzureTests(Azurite azurite, LocalCampaign local, ITestOutputHelper output) : IClassFixture<LocalCampaign>
{
    /// <summary>Storage operations per episode without checkpoints (issue "Part 4": at most 8).</summary>
    private const int MostOperations = 8;

    /// <summary>Storage operations per episode with checkpoints, beside one a turn (issue "Part 4": at most turns + 4).</summary>
    private const int MostBesideTurns = 4;

    [SkippableFact]
    public async Task Run_OnBlobAndTable_LeavesTheBytesOfFolderAndSqliteForFewRequests()
    {
        var counter = new OperationCounter();
        var cloud = await RunAsync(counter);
        AssertSame(cloud);
        var episodes = cloud.Counts["episodes"];

        // The count includes reading every artifact back for the comparison: one request each and a list.
        var operations = counter.Total - cloud.Artifacts.Count - 1;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{operations} storage operations for {episodes} episodes: {(double)operations / episodes:0.00} an episode ({counter})"));
        Assert.True(episodes >= 30, $"only {episodes} episodes");
        Assert.True(operations <= MostOperations * episodes, $"{operations} operations for {episodes} episodes: {counter}");
    }

    [SkippableFact]
    public async Task Run_WithACheckpointAfterEachReply_LeavesTheSameBytesAndNoRowForFewRequests()
    {
        var counter = new OperationCounter();
        var (container, table) = (Azurite.NewName(), Azurite.NewName());
        var state = await azurite.OpenTableAsync(table, counter);
        var checkpoints = new EpisodeCheckpoints(state, new FrozenClock(DateTimeOffset.UnixEpoch), LeaseOwners.OfThisProcess(), every: 1);
        var cloud = await SampleCampaign.RunAsync(await BlobArtifactStore.OpenAsync(azurite.Connect(counter), container, default), state, checkpoints);
        var operations = counter.Total - cloud.Artifacts.Count - 1;
        AssertSame(cloud);
        Assert.Empty(await cloud.EpisodeRowsAsync(state));
        var episodes = cloud.Counts["episodes"];
        var turns = await cloud.RepliesAsync(await BlobArtifactStore.OpenAsync(azurite.Connect(), container, default));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{operations} storage operations for {episodes} episodes of {(double)turns / episodes:0.00} turns: {(double)operations / episodes:0.00} an episode, turns + {(double)(operations - turns) / episodes:0.00} ({counter})"));
        Assert.True(operations > turns);
        Assert.True(operations <= turns + (MostBesideTurns * episodes), $"{operations} operations for {turns} turns of {episodes} episodes: {counter}");
    }

    [SkippableFact]
    public async Task Run_WhereOneRequestInTenFails_LeavesTheSameBytes()
    {
        var faults = new FaultPolicy(Seed.Root(1).Child("campaign"), 0.1);
        AssertSame(await RunAsync(faults));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{faults.Injected} faults of {faults.KindsInjected} kinds"));
        Assert.Equal(FaultPolicy.AllKinds, faults.KindsInjected);
    }

    private async Task<SampleCampaign> RunAsync(HttpPipelinePolicy policy)
    {
        var account = azurite.Connect(policy);
        var name = Azurite.NewName();
        return await SampleCampaign.RunAsync(await BlobArtifactStore.OpenAsync(account, name, default), await azurite.OpenTableAsync(Azurite.NewName(), policy));
    }

    private void AssertSame(SampleCampaign cloud)
    {
        Assert.NotEmpty(local.Result.Dataset);
        Assert.True(local.Result.Counts["kept"] > 0);
        Assert.Equal(local.Result.Dataset, cloud.Dataset);
        Assert.Equal(local.Result.Artifacts, cloud.Artifacts);
        Assert.Equal(local.Result.Rows, cloud.Rows);
    }
}
