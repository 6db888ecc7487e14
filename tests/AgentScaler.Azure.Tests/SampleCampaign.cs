using AgentScaler.Campaigns;
using AgentScaler.Campaigns.Steps;
using AgentScaler.Datasets;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes;
using AgentScaler.Episodes.Checkpoints;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Tasks;
using AgentScaler.Tools.Sources;
using AgentScaler.Workflow;

namespace AgentScaler.Azure.Tests;

/// <summary>A small campaign through the real pipeline on any two stores, and all that it leaves.</summary>
/// <param name="Dataset">The exported files: path to SHA-256.</param>
/// <param name="Artifacts">Every artifact: name to SHA-256.</param>
/// <param name="Rows">Every row of the index: key to value.</param>
/// <param name="Counts">The workflow's last counts.</param>
internal sealed record SampleCampaign(
    SortedDictionary<string, string> Dataset, SortedDictionary<string, string> Artifacts, SortedDictionary<string, string> Rows, IReadOnlyDictionary<string, long> Counts)
{
    private const int Parallelism = 4;

    /// <summary>Runs it, or what is left of it.</summary>
    public static async Task<SampleCampaign> RunAsync(IArtifactStore artifacts, IStateStore state, EpisodeCheckpoints? checkpoints = null)
    {
        using var engine = new EnvironmentEngine(new EngineOptions(), new FrozenClock(DateTimeOffset.UnixEpoch));
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Samples")).Order(StringComparer.Ordinal)
            .Select(path => new LocatedFile(path, Path.GetFileName(path), new FileInfo(path).Length, Path.GetDirectoryName(path)!));
        var documents = await DocumentUpload.StoreAsync(artifacts, files, default);
        var identity = new CampaignIdentity
        {
            Documents = [.. documents.Select(document => document.Sha256).Order(StringComparer.Ordinal)],
            Tasks = new TaskSettings { PerEnvironment = 24 },
            Episodes = new EpisodeSettings { Trials = 4 },
        };
        var reference = await CampaignStore.SaveAsync(artifacts, identity, default);
        var statuses = new Statuses();
        var host = new InProcessHost(
            new StepRunner(artifacts, PipelineSteps.Create(engine, checkpoints, new NoModels())),
            [new CampaignWorkflow(), new DomainPageWorkflow()],
            new InProcessOptions { Parallelism = Parallelism, Statuses = statuses },
            new FrozenClock(DateTimeOffset.UnixEpoch));
        var result = await host.RunAsync(CampaignWorkflow.WorkflowName, "campaign", WorkflowInput.Start(reference), default);
        var index = new CampaignIndex(state);
        foreach (var status in statuses.Heard)
        {
            await index.SetAsync(CampaignStore.HashOf(identity), CampaignState.Running, status, default);
        }

        await index.SetAsync(CampaignStore.HashOf(identity), CampaignState.Completed, statuses.Heard[^1], default);
        return new SampleCampaign(await ExportAsync(artifacts, result.Output), await AllAsync(artifacts), await RowsAsync(state), statuses.Heard[^1].Counts);
    }

    /// <summary>Replies of users and agents in all episodes.</summary>
    public async Task<int> RepliesAsync(IArtifactStore artifacts) =>
        (await EpisodesAsync(artifacts)).Sum(episode => episode.Messages.Count(message => message.Role is "user" or "assistant"));

    /// <summary>The id of each episode that was written, shard by shard.</summary>
    public async Task<IReadOnlyList<string>> EpisodeIdsAsync(IArtifactStore artifacts) => [.. (await EpisodesAsync(artifacts)).Select(episode => episode.Id)];

    /// <summary>The rows of episodes that are still there.</summary>
    public async Task<IReadOnlyList<string>> EpisodeRowsAsync(IStateStore state)
    {
        var rows = new List<string>();
        foreach (var name in Artifacts.Keys.Where(name => name.EndsWith("/episodes.jsonl", StringComparison.Ordinal)))
        {
            await foreach (var row in state.ListAsync(EpisodeCheckpoints.PartitionOf(name.Split('/')[^2]), string.Empty, default))
            {
                rows.Add(row.Key);
            }
        }

        return rows;
    }

    private async Task<IReadOnlyList<EpisodeRecord>> EpisodesAsync(IArtifactStore artifacts)
    {
        var episodes = new List<EpisodeRecord>();
        foreach (var name in Artifacts.Keys.Where(name => name.EndsWith("/episodes.jsonl", StringComparison.Ordinal)))
        {
            await foreach (var episode in artifacts.ReadLinesAsync<EpisodeRecord>(name, default))
            {
                episodes.Add(episode);
            }
        }

        return episodes;
    }

    private static async Task<SortedDictionary<string, string>> ExportAsync(IArtifactStore artifacts, string manifest)
    {
        using var folder = new AgentScaler.Core.Tests.Storage.TemporaryFolder();
        await DatasetExport.WriteAsync(artifacts, manifest, folder.Path, default);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories))
        {
            files.Add(Path.GetRelativePath(folder.Path, path), Sha256Text.Of(await File.ReadAllBytesAsync(path)));
        }

        return files;
    }

    private static async Task<SortedDictionary<string, string>> AllAsync(IArtifactStore artifacts)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var name in artifacts.ListAsync(string.Empty, default))
        {
            await using var stream = await artifacts.OpenReadAsync(name, default);
            all.Add(name, await Sha256Text.OfAsync(stream!, default));
        }

        return all;
    }

    private static async Task<SortedDictionary<string, string>> RowsAsync(IStateStore state)
    {
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var row in state.ListAsync(CampaignIndex.Partition, string.Empty, default))
        {
            rows.Add(row.Key, row.Value);
        }

        return rows;
    }

    private sealed class Statuses : IProgress<WorkflowStatus>
    {
        public List<WorkflowStatus> Heard { get; } = [];

        public void Report(WorkflowStatus value) => Heard.Add(value);
    }
}
