using System.Globalization;
using AgentScaler.Campaigns;
using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Core.Tests.Campaigns;

/// <summary>
/// All steps of a campaign as small pure functions: pages of domains named <c>d/{page}-{domain}</c>, every fourth domain rejected,
/// 1-3 shards of tasks each. Knows no host: the same answers come from <see cref="Answer(StepCall)"/> and from <see cref="Steps"/>.
/// </summary>
internal sealed class FakePipeline(int pages, int domainsPerPage)
{
    private static readonly StepName[] Names =
    [
        StepNames.ImportTools, StepNames.FindDomains, StepNames.ListDomains, StepNames.BuildEnvironment, StepNames.BuildTasks,
        StepNames.RollOut, StepNames.Judge, StepNames.CollectPage, StepNames.AssembleDataset, StepNames.ExtendSeries,
    ];

    private const string Settings = "fake";

    /// <summary>Domains of all pages that are kept.</summary>
    public int Kept => Enumerable.Range(0, pages).Sum(page => Enumerable.Range(0, domainsPerPage).Count(domain => !IsRejected(page, domain)));

    /// <summary>What a step answers, without running anywhere.</summary>
    public StepResult Answer(StepCall call)
    {
        var name = new StepName(call.Name, call.Version);
        return Answer(call.Name, StepKey.PrefixOf(name, StepKey.Of(name, Settings, call.Inputs)), call.Inputs);
    }

    /// <summary>The same as real steps that write artifacts.</summary>
    /// <param name="before">Called as each step starts to run; may wait, count or throw.</param>
    public IEnumerable<IStep> Steps(Func<StepRun, string, CancellationToken, Task>? before = null) => Names.Select(name => new LambdaStep(
        name,
        async (run, token) =>
        {
            if (before is not null)
            {
                await before(run, name.Name, token);
            }

            var result = Answer(name.Name, run.Prefix, run.Inputs);
            foreach (var artifact in result.Items.Append(result.Output))
            {
                await run.Artifacts.TryCreateTextAsync(artifact, string.Join('\n', run.Inputs) + "\n", token);
            }

            return result;
        },
        _ => Settings));

    private static bool IsRejected(int page, int domain) => (page + domain) % 4 == 3;

    private static string Number(int number) => number.ToString("00", CultureInfo.InvariantCulture);

    private StepResult Answer(string name, string prefix, IReadOnlyList<string> inputs) => name switch
    {
        "tools.import" => StepResult.Of(prefix + "tools.jsonl", ("tools", 1000)),
        "graphs.domains" => StepResult.Of(
            prefix + "domains.jsonl", [.. Enumerable.Range(0, pages).Select(page => prefix + "page-" + Number(page))], ("domains", pages * domainsPerPage)),
        "graphs.page" => StepResult.Of(
            inputs[0], [.. Enumerable.Range(0, domainsPerPage).Select(domain => $"domains/{inputs[0][^2..]}-{Number(domain)}")]),
        "environments.build" => Environment(prefix, inputs[0]),
        "tasks.build" => StepResult.Of(
            prefix + "tasks.jsonl", [.. Enumerable.Range(0, 1 + (prefix[^2] % 3)).Select(shard => prefix + "shard-" + Number(shard))], ("tasks", 10)),
        "episodes.roll-out" => StepResult.Of(prefix + "episodes.jsonl", ("episodes", 40)),
        "funnel.judge" => StepResult.Of(prefix + "judgement.json", ("kept", 20)),
        "datasets.page" => StepResult.Of(prefix + "page.json", ("kept", inputs.Count(input => input.Contains("judge", StringComparison.Ordinal)))),
        "datasets.assemble" => StepResult.Of(prefix + "manifest.json"),
        "datasets.increment" => StepResult.Of(prefix + "increment.json", ("added", 5)),
        _ => throw new InvalidOperationException(name),
    };

    private static StepResult Environment(string prefix, string domain)
    {
        var numbers = domain[^5..].Split('-').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return IsRejected(numbers[0], numbers[1])
            ? StepResult.Of(prefix + "outcome.json", ("environmentsRejected", 1))
            : StepResult.Of(prefix + "outcome.json", [prefix + "outcome.json"], ("environments", 1));
    }
}
