using AgentScaler.Datasets;
using AgentScaler.Environments;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Audit.Mutation;
using AgentScaler.Funnel;
using AgentScaler.Graphs;
using AgentScaler.Json;
using AgentScaler.Storage;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Coverage;
using AgentScaler.Tasks.Verification;
using AgentScaler.Tools;

namespace AgentScaler.Campaigns.Steps;

/// <summary>Sums up all stages of a campaign from the reports that its steps left behind.</summary>
internal static class SummaryBuilder
{
    /// <summary>Builds the summary.</summary>
    /// <param name="tools">Reference of the tools.</param>
    /// <param name="domains">Reference of the domains.</param>
    /// <param name="pages">References of the pages' results.</param>
    /// <param name="funnel">What the funnel did in all.</param>
    public static async Task<CampaignSummary> BuildAsync(
        IArtifactStore artifacts, string tools, string domains, IReadOnlyList<string> pages, FunnelReport funnel, CancellationToken cancellationToken)
    {
        var import = await artifacts.ReadJsonAsync<ImportReport>(ArtifactSibling.Of(tools, "report.json"), cancellationToken);
        var graph = await artifacts.ReadJsonAsync<GraphStats>(ArtifactSibling.Of(domains, "stats.json"), cancellationToken);
        var environments = new Tally("environments");
        var environmentTools = new Tally("environment tools");
        var tasks = new Tally("tasks");
        var mutations = new List<MutationReport>();
        var intents = new List<string>();
        var reports = new List<TaskReport>();
        environments.In = graph.Domains;
        foreach (var reference in pages)
        {
            var page = await artifacts.ReadJsonAsync<DatasetPage>(reference, cancellationToken);
            environments.Out += page.Judgements.Count;
            foreach (var domain in page.RejectedDomains)
            {
                environments.Count(domain.Reason);
            }

            foreach (var judgement in page.Judgements)
            {
                var outcome = await AddAsync(artifacts, judgement, environmentTools, tasks, intents, reports, cancellationToken);
                var audit = await artifacts.ReadJsonAsync<AuditReport>(ArtifactSibling.Of(outcome, EnvironmentArtifacts.Audit), cancellationToken);
                mutations.AddRange(audit.Mutation is { } mutation ? [mutation] : []);
            }
        }

        return new CampaignSummary(
            [
                Documents(import),
                new StageSummary("tools", import.Totals.Read, import.Totals.Kept, Long(import.Totals.RejectedByReason)),
                Domains(graph),
                environments.Summary(),
                environmentTools.Summary(),
                tasks.Summary(),
                .. funnel.Total.Stages.Select(stage => new StageSummary($"funnel: {EnumWord.Of(stage.Stage)}", stage.In, stage.Out, stage.Reasons)),
            ],
            funnel.Total.Kept,
            mutations.Count == 0 ? null : MutationReport.Sum(mutations) with { Survivors = [] },
            funnel.Confusion.Rows.Count == 0 ? null : funnel.Confusion)
        {
            IntentsLeftOut = intents,
            Verification = VerificationReport.Sum(reports.Select(report => report.Verification)),
            Difficulty = funnel.Difficulty,
            ToolFaults = funnel.Total.ToolFaults,
            Pairs = funnel.Pairs,
            Coverage = CoverageReport.Sum(reports.Select(report => report.Coverage)),
        };
    }

    /// <returns>The reference of the environment's outcome.</returns>
    private static async Task<string> AddAsync(
        IArtifactStore artifacts, string reference, Tally tools, Tally tasks, List<string> intents, List<TaskReport> reports, CancellationToken cancellationToken)
    {
        var judgement = await artifacts.ReadJsonAsync<Judgement>(reference, cancellationToken);
        var outcome = await artifacts.ReadJsonAsync<EnvironmentOutcome>(judgement.Outcome, cancellationToken);
        tools.In += outcome.ToolsIn;
        tools.Out += outcome.ToolsKept.Count;
        foreach (var rejection in outcome.ToolsRejected)
        {
            tools.Count(rejection.Reason);
        }

        var report = await artifacts.ReadJsonAsync<TaskReport>(ArtifactSibling.Of(judgement.Tasks, TaskReport.FileName), cancellationToken);
        tasks.In += report.Proposed;
        tasks.Out += report.Kept;
        foreach (var (reason, count) in report.Dropped)
        {
            tasks.Count(reason, count);
        }

        reports.Add(report);
        intents.AddRange(report.Intents.Where(intent => intent.Reason is not null).Select(intent => $"{outcome.DomainName}: {intent.Place}: {intent.Reason}: {intent.Detail}"));
        return judgement.Outcome;
    }

    /// <summary>Documents that gave tools, and what the others are.</summary>
    private static StageSummary Documents(ImportReport import)
    {
        var tally = new Tally("documents") { In = import.Documents.Count };
        foreach (var document in import.Documents)
        {
            if (document.Read > 0)
            {
                tally.Out++;
            }
            else
            {
                var isUnread = document.Problems.Any(problem => problem.Code == "dialect.unread");
                tally.Count(isUnread ? "not-yet-read." + document.Dialect : document.Problems.Count > 0 ? document.Problems[0].Code : "no-tools");
            }
        }

        return tally.Summary();
    }

    private static StageSummary Domains(GraphStats graph)
    {
        var tally = new Tally("tools in domains") { In = graph.Tools, Out = graph.Tools - graph.Isolates.Count };
        foreach (var isolate in graph.Isolates)
        {
            tally.Count("isolate." + EnumWord.Of(isolate.Reason));
        }

        return tally.Summary();
    }

    private static SortedDictionary<string, long> Long(SortedDictionary<string, int> counts)
    {
        var wide = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, count) in counts)
        {
            wide[name] = count;
        }

        return wide;
    }

    /// <summary>A stage being summed up.</summary>
    private sealed class Tally(string stage)
    {
        private readonly SortedDictionary<string, long> reasons = new(StringComparer.Ordinal);

        public long In { get; set; }

        public long Out { get; set; }

        public void Count(string reason, long count = 1) => reasons[reason] = reasons.GetValueOrDefault(reason) + count;

        public StageSummary Summary() => new(stage, In, Out, reasons);
    }
}
