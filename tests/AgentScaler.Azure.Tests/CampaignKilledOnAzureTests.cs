using System.Globalization;
using AgentScaler.Azure.Tests.Emulators;
using AgentScaler.Azure.Tests.Faults;
using AgentScaler.Contracts;
using AgentScaler.Determinism;
using AgentScaler.Episodes.Checkpoints;
using AgentScaler.Workflow;
using Xunit.Abstractions;

namespace AgentScaler.Azure.Tests;

/// <summary>The real pipeline on Blob and Table, its process killed again and again.</summary>
[Collection(Azurite.Collection)]
public sealed class CampaignKilledOnAzureTests(Azurite azurite, LocalCampaign local, ITestOutputHelper output) : IClassFixture<LocalCampaign>
{
    private const int Kills = 10;
    private const int FewestRequests = 20;
    private const int MostRequests = 380;

    [SkippableFact]
    public async Task Run_KilledTenTimes_LeavesTheBytesOfFolderAndSqliteAndNoRow()
    {
        var policy = new KillPolicy();
        var name = Azurite.NewName();
        var state = await azurite.OpenTableAsync(name, policy);
        var artifacts = await BlobArtifactStore.OpenAsync(azurite.Connect(policy), name, default);
        var clock = new SwiftClock();
        var draws = Seed.Root(1).Child("kills").Random();
        for (var kill = 0; kill < Kills; kill++)
        {
            policy.KillAfter(draws.Between(FewestRequests, MostRequests), isDone: kill % 2 == 1);
            var fault = await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(kill));
            Assert.True(fault is KilledException or StepFailedException { InnerException: KilledException }, fault.ToString());
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"killed at request {policy.Requests}"));

            // The next process starts when the leases of the one that was killed have expired: it runs on another machine, and can't know more.
            clock.Advance(EpisodeCheckpoints.Lease + TimeSpan.FromSeconds(1));
        }

        policy.KillAfter(int.MaxValue / 2, isDone: false);
        var cloud = await RunAsync(Kills);
        Assert.True(local.Result.Counts["kept"] > 0);
        Assert.Equal(local.Result.Dataset, cloud.Dataset);
        Assert.Equal(local.Result.Artifacts, cloud.Artifacts);
        Assert.Equal(local.Result.Rows, cloud.Rows);
        Assert.Empty(await cloud.EpisodeRowsAsync(state));
        var ids = await cloud.EpisodeIdsAsync(artifacts);
        Assert.Equal(cloud.Counts["episodes"], ids.Count);
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());

        Task<SampleCampaign> RunAsync(int run) => SampleCampaign.RunAsync(
            artifacts,
            state,
            new EpisodeCheckpoints(
                state, clock, new LeaseOwners(new LeaseOwner(string.Create(CultureInfo.InvariantCulture, $"machine-{run}"), 1, 0, 0), _ => true), every: 1));
    }
}
