using AgentScaler.Campaigns.Steps;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Datasets;

/// <summary>Replays every recorded call of every episode of a campaign, kept or not, each episode on a fresh environment.</summary>
public static class EpisodeReplayer
{
    private const int FirstDifferences = 20;

    /// <summary>Replays all judged episodes found in an artifact store.</summary>
    /// <param name="progress">Told how many episodes are done, of how many; or null.</param>
    /// <exception cref="StoreException">An artifact is missing or damaged, has a task twice, or an episode of an unknown one.</exception>
    /// <exception cref="EpisodeAbortedException">Every attempt at an episode hit a limit of the runtime: the replay says nothing then, run it again.</exception>
    public static async Task<ReplayReport> ReplayAsync(
        IArtifactStore artifacts, EnvironmentEngine engine, IProgress<CountProgress>? progress, CancellationToken cancellationToken)
    {
        long environments = 0, episodes = 0, calls = 0, failed = 0;
        var differences = new List<string>();
        var judgements = new List<Judgement>();
        await foreach (var name in artifacts.ListAsync($"steps/{StepNames.Judge.Name}/", cancellationToken))
        {
            if (ArtifactSibling.FileName(name) == Judgement.FileName)
            {
                judgements.Add(await artifacts.ReadJsonAsync<Judgement>(name, cancellationToken));
            }
        }

        var total = judgements.Sum(judgement => judgement.Funnel.Counts.Episodes);
        foreach (var judgement in judgements)
        {
            environments++;
            var environment = LoadedEnvironment.Load(await PackageFolder.ReadAsync(artifacts, ArtifactSibling.Of(judgement.Outcome, EnvironmentArtifacts.Package), cancellationToken));
            var source = new EpisodeSource(artifacts, await EpisodeSource.ReadTasksAsync(artifacts, judgement.Tasks, cancellationToken), judgement.Episodes);
            await foreach (var (episode, task) in source.ReadAsync(cancellationToken))
            {
                var found = FreshAttempts.Run(() => EpisodeReplay.Run(episode, task, environment, engine));
                episodes++;
                calls += episode.Calls.Count;
                failed += found.Count > 0 ? 1 : 0;
                differences.AddRange(found.Take(FirstDifferences - differences.Count));
                progress?.Report(new CountProgress(episodes, total));
            }
        }

        return new ReplayReport(environments, episodes, calls, failed, differences);
    }
}
