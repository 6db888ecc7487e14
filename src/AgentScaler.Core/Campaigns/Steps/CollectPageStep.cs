using AgentScaler.Datasets;
using AgentScaler.Environments;
using AgentScaler.Funnel;
using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns.Steps;

/// <summary>
/// Sums up one page of domains. In: one <c>judgement.json</c> or <c>outcome.json</c> (of a rejected domain) each. Out: <c>page.json</c>; beside it
/// <c>kept.jsonl</c> and <c>rejected.jsonl</c>, the page's trajectories sorted by id, <c>difficulty.jsonl</c> by task and <c>preferences.jsonl</c> by id.
/// </summary>
public sealed class CollectPageStep : IStep
{
    /// <inheritdoc/>
    public StepName Name => StepNames.CollectPage;

    /// <inheritdoc/>
    public object SelectSettings(CampaignIdentity identity) => Array.Empty<string>();

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(StepRun run, CancellationToken cancellationToken)
    {
        var judged = new List<(string Reference, Judgement Judgement)>();
        var rejected = new List<RejectedDomain>();
        foreach (var input in run.Inputs)
        {
            if (ArtifactSibling.FileName(input) == Judgement.FileName)
            {
                judged.Add((input, await run.Artifacts.ReadJsonAsync<Judgement>(input, cancellationToken)));
            }
            else
            {
                var outcome = await run.Artifacts.ReadJsonAsync<EnvironmentOutcome>(input, cancellationToken);
                rejected.Add(new RejectedDomain(outcome.Domain, outcome.DomainName, outcome.Reason ?? "unknown"));
            }
        }

        judged.Sort((a, b) => string.CompareOrdinal(a.Judgement.Funnel.Environment, b.Judgement.Funnel.Environment));
        var page = new DatasetPage
        {
            Judgements = [.. judged.Select(item => item.Reference)],
            Kept = run.NewArtifact("kept.jsonl"),
            Rejected = run.NewArtifact("rejected.jsonl"),
            Difficulty = run.NewArtifact("difficulty.jsonl"),
            Preferences = run.NewArtifact("preferences.jsonl"),
            Environments = [.. judged.Select(item => item.Judgement.Funnel)],
            RejectedDomains = [.. rejected.OrderBy(domain => domain.Domain, StringComparer.Ordinal)],
            Confusion = ConfusionTable.Sum(judged.Select(item => item.Judgement.Confusion)),
            Generators = Distinct(judged.SelectMany(item => item.Judgement.Generators)),
            Licences = Distinct(judged.Where(item => item.Judgement.Funnel.Counts.Kept > 0).SelectMany(item => item.Judgement.Licences)),
        };
        await SortedTrajectories.MergeAsync(run.Artifacts, page.Kept, [.. judged.Select(item => item.Judgement.Kept)], cancellationToken);
        await SortedTrajectories.MergeAsync(run.Artifacts, page.Rejected, [.. judged.Select(item => item.Judgement.Rejected)], cancellationToken);
        await SortedTrajectories.MergeAsync(
            run.Artifacts, page.Difficulty, [.. judged.Select(item => item.Judgement.Difficulty)], TrajectoryLine.ReadDifficulty, cancellationToken);
        await SortedTrajectories.MergeAsync(
            run.Artifacts, page.Preferences, [.. judged.Select(item => item.Judgement.Preferences)], TrajectoryLine.ReadPair, cancellationToken);
        var output = run.NewArtifact("page.json");
        await run.Artifacts.TryCreateJsonAsync(output, page, cancellationToken);
        var total = FunnelCounts.Sum(page.Environments.Select(environment => environment.Counts));
        return StepResult.Of(
            output,
            [
                ("environments", page.Environments.Count),
                ("environmentsRejected", page.RejectedDomains.Count),
                ("tasks", page.Environments.Sum(environment => (long)environment.Tasks)),
                ("episodes", total.Episodes),
                .. FunnelStatus.Of(total),
            ]);
    }

    private static string[] Distinct(IEnumerable<string> words) => [.. words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
