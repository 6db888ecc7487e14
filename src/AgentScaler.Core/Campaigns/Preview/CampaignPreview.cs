using AgentScaler.Campaigns.Steps;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Episodes.Modelled;
using AgentScaler.Funnel;
using AgentScaler.Models;
using AgentScaler.Models.Spending;
using AgentScaler.Storage;
using AgentScaler.Tasks;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns.Preview;

/// <summary>
/// Takes a few tasks of a campaign through the whole pipeline, and works out from them what the campaign will take. It runs the campaign's own steps and asks its own questions, so that
/// nothing of it is paid twice when the campaign is run.
/// </summary>
/// <param name="runner">Runs the campaign's steps.</param>
/// <param name="models">Where models come from.</param>
/// <param name="spent">What the campaign has spent so far.</param>
public sealed class CampaignPreview(
    CampaignFolder folder, StepRunner runner, EnvironmentEngine engine, IModelSource models, Func<Task<SpendReport>> spent, TimeProvider clock)
{
    /// <summary>Environments that the tasks are taken from, if there are as many: costs differ by policy and tools.</summary>
    private const int WantedEnvironments = 8;

    private readonly CampaignIdentity identity = folder.Document.Identity;
    private readonly Dictionary<string, (LoadedEnvironment Environment, IReadOnlyList<TaskSpec> Tasks, long AllTasks)> built = new(StringComparer.Ordinal);

    /// <summary>Takes tasks through the pipeline.</summary>
    /// <param name="tasks">How many, from 1.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <exception cref="BudgetSpentException">The budget does not reach for the preview.</exception>
    /// <exception cref="ModelException">A model gave no reply.</exception>
    /// <exception cref="StoreException">The folder can't be read or written.</exception>
    public async Task<PreviewReport> RunAsync(int tasks, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var before = await spent();
        var domains = await ListDomainsAsync(progress, cancellationToken);
        var tried = 0;
        foreach (var domain in Seed.Root(identity.Seed).Child("preview").Random().Shuffle(domains))
        {
            if (built.Values.Sum(environment => environment.Tasks.Count) >= tasks)
            {
                break;
            }

            tried++;
            progress?.Report($"environment {tried} of {domains.Count}");
            await BuildAsync(domain, Share(tasks, domains.Count), cancellationToken);
        }

        var episodes = new List<PreviewEpisode>();
        var left = tasks;
        foreach (var (environment, some, _) in built.Values)
        {
            var these = some.Take(left).ToList();
            left -= these.Count;
            progress?.Report($"{these.Count * identity.Episodes.Trials} episodes of {environment.Package.Id}");
            episodes.AddRange(await RollOutAsync(environment, these, cancellationToken));
        }

        return Report(domains.Count, tried, episodes, before, await spent());
    }

    private static int Share(int tasks, int domains) => Math.Max(1, (int)Math.Ceiling((double)tasks / Math.Min(WantedEnvironments, Math.Max(1, domains))));

    private async Task<IReadOnlyList<string>> ListDomainsAsync(IProgress<string>? progress, CancellationToken cancellationToken)
    {
        progress?.Report("tools and domains");
        var tools = await StepAsync(StepNames.ImportTools, cancellationToken);
        var pages = await StepAsync(StepNames.FindDomains, cancellationToken, tools.Output);
        var domains = new List<string>();
        foreach (var page in pages.Items)
        {
            domains.AddRange((await StepAsync(StepNames.ListDomains, cancellationToken, page)).Items);
        }

        return domains;
    }

    private async Task BuildAsync(string domain, int wanted, CancellationToken cancellationToken)
    {
        var package = await StepAsync(StepNames.BuildEnvironment, cancellationToken, domain);
        if (package.Items.Count == 0)
        {
            return;
        }

        var tasks = await StepAsync(StepNames.BuildTasks, cancellationToken, package.Output);
        var some = new List<TaskSpec>();
        await foreach (var task in folder.Artifacts.ReadLinesAsync<TaskSpec>(tasks.Output, cancellationToken))
        {
            some.Add(task);
            if (some.Count == wanted)
            {
                break;
            }
        }

        var environment = await PackageFolder.ReadAsync(folder.Artifacts, ArtifactSibling.Of(package.Output, EnvironmentArtifacts.Package), cancellationToken);
        built[domain] = (LoadedEnvironment.Load(environment), some, tasks.Counts["tasks"]);
    }

    private async Task<StepResult> StepAsync(StepName step, CancellationToken cancellationToken, params IReadOnlyList<string> inputs)
    {
        var result = await runner.RunAsync(StepCall.Of(step, folder.Reference, inputs), cancellationToken);
        return result.Halted is { } reason ? throw new BudgetSpentException(reason) : result;
    }

    private async Task<IReadOnlyList<PreviewEpisode>> RollOutAsync(LoadedEnvironment environment, IReadOnlyList<TaskSpec> tasks, CancellationToken cancellationToken)
    {
        var (cast, atOnce) = await EpisodeCasts.OpenAsync(
            models, folder.Reference, identity.Models.Agent, identity.Models.User, engine, environment, identity.Episodes, cancellationToken);
        var runner = new EpisodeRunner(engine, environment, identity.Episodes);
        var root = Seed.Root(identity.Seed).Child("episodes");
        var wanted = tasks.SelectMany(task => Enumerable.Range(0, identity.Episodes.Trials).Select(trial => (Task: task, Trial: trial)));
        var episodes = new List<PreviewEpisode>();
        await foreach (var episode in OrderedParallel.SelectAsync(wanted.ToAsyncEnumerable(), atOnce, PlayAsync, cancellationToken))
        {
            episodes.Add(episode with { AtOnce = atOnce });
        }

        return episodes;

        async Task<PreviewEpisode> PlayAsync((TaskSpec Task, int Trial) wish, CancellationToken token)
        {
            var started = clock.GetTimestamp();
            var record = await runner.RunAsync(wish.Task, wish.Trial, root.Child(wish.Task.Id).Child(wish.Trial), cast, token);
            return new PreviewEpisode(record, EpisodeFunnel.Judge(record, wish.Task, environment.Package, identity.Funnel), clock.GetElapsedTime(started).TotalSeconds, 1);
        }
    }

    private PreviewReport Report(int domains, int tried, IReadOnlyList<PreviewEpisode> episodes, SpendReport before, SpendReport after)
    {
        var tasks = episodes.Select(episode => episode.Record.Task).Distinct(StringComparer.Ordinal).Count();
        var kept = episodes.Count(episode => episode.Verdict.Kept);
        var allEnvironments = Scale(built.Count, domains, tried);
        var allTasks = Scale(built.Values.Sum(environment => environment.AllTasks), domains, tried);
        var allEpisodes = allTasks * identity.Episodes.Trials;
        var usage = episodes.Aggregate(EpisodeUsage.None, (sum, episode) => episode.Record.Usage is { } more ? new(sum.User + more.User, sum.Agent + more.Agent) : sum);
        var roles = new List<PreviewRole>();
        AddRole(ModelRole.Agent, "episode", usage.Agent, allEpisodes, episodes.Count);
        AddRole(ModelRole.User, "episode", usage.User, allEpisodes, episodes.Count);
        AddRole(ModelRole.Builder, "domain", Between(before, after, ModelRole.Builder), domains, tried);
        AddRole(ModelRole.Embedding, "catalogue", Between(before, after, ModelRole.Embedding), 1, 1);
        var seconds = episodes.Count == 0 ? 0 : episodes.Average(episode => episode.Seconds);
        return new PreviewReport
        {
            Tried = new PreviewCounts(tried, built.Count, tasks, episodes.Count, kept),
            Rejected = Reasons(episodes),
            Roles = roles,
            EpisodeSeconds = Math.Round(seconds, 3),
            Projected = new PreviewCounts(domains, allEnvironments, allTasks, allEpisodes, Scale(kept, allEpisodes, episodes.Count)),
            ProjectedUsd = roles.Sum(role => role.ProjectedUsd),
            ProjectedTokens = roles.Sum(role => role.Per == "catalogue" ? role.Usage.Tokens : role.Per == "domain" ? Scale(role.Usage.Tokens, domains, tried) : Scale(role.Usage.Tokens, allEpisodes, episodes.Count)),
            ProjectedHours = episodes.Count == 0 ? 0 : Math.Round(seconds * allEpisodes / episodes.Max(episode => episode.AtOnce) / 3600, 2),
            Notes = [.. Notes(episodes, roles, KeptOf(after) > KeptOf(before))],
        };

        void AddRole(ModelRole role, string per, ModelUsage taken, long all, long some)
        {
            if (identity.Models.NameOf(role) is { } model)
            {
                var usd = Prices.Of(folder.Document.Operations.Models.EndpointOf(role)).Cost(taken);
                roles.Add(new PreviewRole(role.Name(), model, per, taken, usd, some == 0 ? 0 : Math.Round(usd * all / some, 6)));
            }
        }
    }

    private IEnumerable<string> Notes(IReadOnlyList<PreviewEpisode> episodes, List<PreviewRole> roles, bool areKept)
    {
        if (episodes.Count == 0)
        {
            yield return "no task could be made of the environments tried: nothing can be said of episodes";
        }

        if (identity.Models.Judge is not null)
        {
            yield return "the judge is not projected: it is asked about rejected episodes only, once each";
        }

        foreach (var role in roles.Where(role => role.Usage.Tokens > 0 && role.Usd == 0))
        {
            yield return $"no price is set for {role.Role}: it counts as free (operations.models.endpoints.{role.Role}.inputPrice, outputPrice)";
        }

        if (areKept)
        {
            yield return "some replies of the builder or the embedding model were kept already: their cost is not in the projection";
        }
    }

    private static long KeptOf(SpendReport spent) =>
        spent.Roles.Where(role => role.Key.StartsWith(ModelRole.Builder.Name(), StringComparison.Ordinal) || role.Key.StartsWith(ModelRole.Embedding.Name(), StringComparison.Ordinal)).Sum(role => role.Value.FromKept);

    private static SortedDictionary<string, long> Reasons(IEnumerable<PreviewEpisode> episodes)
    {
        var reasons = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var verdict in episodes.Select(episode => episode.Verdict).Where(verdict => !verdict.Kept))
        {
            reasons[verdict.Reason!] = reasons.GetValueOrDefault(verdict.Reason!) + 1;
        }

        return reasons;
    }

    private static long Scale(long count, long all, long some) => some == 0 ? 0 : (long)Math.Round((double)count * all / some);

    private ModelUsage Between(SpendReport before, SpendReport after, ModelRole role)
    {
        var key = SpendLine.KeyOf(role, identity.Models.NameOf(role) ?? string.Empty);
        var (first, last) = (before.Roles.GetValueOrDefault(key, new Spend()), after.Roles.GetValueOrDefault(key, new Spend()));
        return new ModelUsage(
            (int)(last.Requests - first.Requests), last.InputTokens - first.InputTokens, last.CachedInputTokens - first.CachedInputTokens, last.OutputTokens - first.OutputTokens, 0);
    }

    /// <summary>One episode of the preview.</summary>
    private sealed record PreviewEpisode(EpisodeRecord Record, Verdict Verdict, double Seconds, int AtOnce);
}
