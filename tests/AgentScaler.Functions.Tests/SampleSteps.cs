using System.Globalization;
using AgentScaler.Campaigns;
using AgentScaler.Json;
using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Functions.Tests;

/// <summary>
/// All steps of a campaign with a number of pages of three domains each; the second domain of each page is rejected. Every output holds the
/// step's inputs, so a dataset tells all that went into it and in which order.
/// </summary>
internal sealed class SampleSteps(int pages)
{
    private readonly Lock gate = new();
    private readonly List<string> started = [];

    /// <summary>Awaited before a step works; gets the step's name and inputs.</summary>
    public Func<string, IReadOnlyList<string>, Task> Before { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Names of the steps that were run, one entry a run.</summary>
    public IReadOnlyList<string> Started
    {
        get
        {
            lock (gate)
            {
                return [.. started];
            }
        }
    }

    public IReadOnlyList<IStep> Create() =>
    [
        Step(StepNames.ImportTools, _ => [], "tools", 40),
        Step(StepNames.FindDomains, _ => Names("page", pages), "edges", 90),
        Step(StepNames.ListDomains, _ => Names("domain", 3), "listed", 3),
        Step(StepNames.BuildEnvironment, inputs => inputs[0].EndsWith("domain-2", StringComparison.Ordinal) ? [] : ["package"], "environments", 1),
        Step(StepNames.BuildTasks, _ => Names("shard", 2), "tasks", 2),
        Step(StepNames.RollOut, _ => [], "episodes", 8),
        Step(StepNames.Judge, _ => [], "kept", 5),
        Step(StepNames.CollectPage, _ => [], "episodes", 32),
        Step(StepNames.AssembleDataset, _ => [], "rows", 7),
    ];

    private static string[] Names(string name, int count) =>
        [.. Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{name}-{i}"))];

    private SampleStep Step(StepName name, Func<IReadOnlyList<string>, string[]> items, string counted, long count) =>
        new(this, name, items, counted, count);

    private async Task StartAsync(string step, IReadOnlyList<string> inputs)
    {
        lock (gate)
        {
            started.Add(step);
        }

        await Before(step, inputs);
    }

    private sealed class SampleStep(SampleSteps all, StepName name, Func<IReadOnlyList<string>, string[]> items, string counted, long count) : IStep
    {
        public StepName Name => name;

        public object SelectSettings(CampaignIdentity identity) => new { identity.Seed };

        public async Task<StepResult> RunAsync(StepRun run, CancellationToken cancellationToken)
        {
            await all.StartAsync(name.Name, run.Inputs);
            var output = run.NewArtifact("output.json");
            await run.Artifacts.TryCreateJsonAsync(output, run.Inputs, cancellationToken);
            var parts = items(run.Inputs).Select(run.NewArtifact).ToList();
            foreach (var part in parts)
            {
                await run.Artifacts.TryCreateTextAsync(part, CanonicalJson.Serialize(run.Inputs), cancellationToken);
            }

            return StepResult.Of(output, parts, (counted, count));
        }
    }
}
