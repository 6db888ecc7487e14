using System.Collections.Concurrent;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Telemetry;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns;

/// <summary>
/// Runs steps by name on an artifact store, each at most once: the result is written last, as <c>steps/{name}/{key}/result.json</c>, and
/// whoever asks again gets it from there. Safe to use from many threads and processes at once.
/// </summary>
public sealed class StepRunner
{
    internal const string ResultName = "result.json";

    private readonly IArtifactStore artifacts;
    private readonly SortedDictionary<string, IStep> steps = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CampaignIdentity> identities = new(StringComparer.Ordinal);

    /// <summary>A runner of these steps.</summary>
    /// <exception cref="ArgumentException">Two steps have one name.</exception>
    public StepRunner(IArtifactStore artifacts, IEnumerable<IStep> steps)
    {
        this.artifacts = artifacts;
        foreach (var step in steps)
        {
            if (!this.steps.TryAdd(step.Name.Name, step))
            {
                throw new ArgumentException($"two steps are named '{step.Name.Name}'", nameof(steps));
            }
        }
    }

    /// <summary>Gives a step's result, running the step only if it has not been done before.</summary>
    /// <inheritdoc cref="RunOrReadAsync" path="/exception"/>
    public async Task<StepResult> RunAsync(StepCall call, CancellationToken cancellationToken) =>
        (await RunOrReadAsync(call, cancellationToken)).Result;

    /// <summary>Gives a step's result and whether it was done before.</summary>
    /// <exception cref="InvalidOperationException">No such step, another version of it, or a result that names an artifact the step did not write.</exception>
    /// <exception cref="StoreException">The store failed, or the campaign's identity is not there.</exception>
    public async Task<StepOutcome> RunOrReadAsync(StepCall call, CancellationToken cancellationToken)
    {
        var (step, run) = await PrepareAsync(call, cancellationToken);
        using var span = StepSpan.Start(call, run.Key);
        try
        {
            var outcome = await DoOrReadAsync(step, call, run, cancellationToken);
            span.End(outcome.Result, outcome.FromStore);
            return outcome;
        }
        catch (Exception e)
        {
            span.Fail(e);
            throw;
        }
    }

    private async Task<StepOutcome> DoOrReadAsync(IStep step, StepCall call, StepRun run, CancellationToken cancellationToken)
    {
        var prefix = run.Prefix;
        if (await artifacts.ExistsAsync(prefix + ResultName, cancellationToken))
        {
            return new StepOutcome(await artifacts.ReadJsonAsync<StepResult>(prefix + ResultName, cancellationToken), FromStore: true);
        }

        StepResult result;
        try
        {
            result = await step.RunAsync(run, cancellationToken);
        }
        catch (BudgetSpentException e)
        {
            // Not stored: the step is run again once more may be spent.
            return new StepOutcome(StepResult.Halt(e.Message), FromStore: false);
        }

        if (!await artifacts.ExistsAsync(result.Output, cancellationToken))
        {
            throw new InvalidOperationException($"step '{call.Name}' gave '{result.Output}' as its output, but there is no such artifact");
        }

        var isFirst = await artifacts.TryCreateJsonAsync(prefix + ResultName, result, cancellationToken);
        return isFirst
            ? new StepOutcome(result, FromStore: false)
            : new StepOutcome(await artifacts.ReadJsonAsync<StepResult>(prefix + ResultName, cancellationToken), FromStore: true);
    }

    /// <summary>Where a step's outputs go, and its result if it was done; nothing is run.</summary>
    /// <inheritdoc cref="RunOrReadAsync" path="/exception"/>
    internal async Task<(StepRun Run, StepResult? Result)> FindAsync(StepCall call, CancellationToken cancellationToken)
    {
        var (_, run) = await PrepareAsync(call, cancellationToken);
        var result = await artifacts.ExistsAsync(run.Prefix + ResultName, cancellationToken)
            ? await artifacts.ReadJsonAsync<StepResult>(run.Prefix + ResultName, cancellationToken)
            : null;
        return (run, result);
    }

    private async Task<(IStep Step, StepRun Run)> PrepareAsync(StepCall call, CancellationToken cancellationToken)
    {
        var step = Find(call);
        var settings = step.SelectSettings(await IdentityAsync(call.Campaign, cancellationToken));
        var key = StepKey.Of(step.Name, settings, call.Inputs);
        return (step, new StepRun(key, settings, call.Inputs, StepKey.PrefixOf(step.Name, key), artifacts) { Campaign = call.Campaign });
    }

    private IStep Find(StepCall call)
    {
        if (!steps.TryGetValue(call.Name, out var step))
        {
            throw new InvalidOperationException($"there is no step '{call.Name}'; the steps here are {string.Join(", ", steps.Keys)}");
        }

        return step.Name.Version == call.Version
            ? step
            : throw new InvalidOperationException($"step '{call.Name}' is here in version {step.Name.Version}, version {call.Version} was called");
    }

    private async Task<CampaignIdentity> IdentityAsync(string reference, CancellationToken cancellationToken)
    {
        if (!identities.TryGetValue(reference, out var identity))
        {
            identity = identities.GetOrAdd(reference, await CampaignStore.LoadAsync(artifacts, reference, cancellationToken));
        }

        return identity;
    }
}
