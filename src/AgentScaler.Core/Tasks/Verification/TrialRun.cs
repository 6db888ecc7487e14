using System.Text.Json;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Tasks.Verification;

/// <summary>A mutant executed on the task's initial state: what it came to, and whether that is what gold comes to.</summary>
internal sealed class TrialRun
{
    private readonly AuditedTask task;
    private readonly EnvironmentSession session;
    private readonly HashSet<(int Request, string Text)> told = [];

    /// <summary>Executes a mutant.</summary>
    /// <exception cref="EpisodeAbortedException">A call hit a limit of the runtime.</exception>
    public TrialRun(AuditedTask task, Mutant mutant)
    {
        this.task = task;

        // As far as it is gold it was executed already.
        var same = mutant.Steps.Zip(task.Gold).TakeWhile(pair => ReferenceEquals(pair.First, pair.Second)).Count();
        session = task.After(same);
        var calls = task.GoldCalls.Take(same).ToList();
        foreach (var step in mutant.Steps.Skip(same))
        {
            var result = session.Call(step.Tool, step.Arguments);
            calls.Add(new TrialCall(step.Tool, step.Arguments, result, session.StateHash));
        }

        var results = new Dictionary<int, string>();
        foreach (var (step, result) in mutant.Steps.Zip(calls.Select(call => call.Result)))
        {
            if (step.Gold is { } gold && !result.IsError)
            {
                results[gold] = result.Content;
            }
        }

        var wanted = mutant.Told.ToHashSet();
        foreach (var (index, request) in task.Task.Requests.Index())
        {
            foreach (var output in request.RequiredOutputs.Where(wanted.Contains))
            {
                if (results.TryGetValue(output.Call, out var shown) && FactIn(shown, output) is { } fact)
                {
                    told.Add((index, fact));
                }
            }
        }

        Outcome = new TrialOutcome(calls, string.Join('\n', told.Select(fact => fact.Text)), session.StateHash, mutant.Abstains);
    }

    /// <summary>What it came to.</summary>
    public TrialOutcome Outcome { get; }

    /// <summary>Whether every call that stands for a gold call gave what gold's gave.</summary>
    public bool ResultsAreGolds(Mutant mutant) => mutant.Steps.Zip(Outcome.Calls).All(pair => pair.First.Gold is not { } gold || pair.Second.Result.Content == task.Task.Gold[gold].Result);

    /// <summary>
    /// Whether its effect is gold's, found without hashes or texts that were written: the rows are the same one by one, each request's facts reached the user,
    /// what must not be done was declined, and where gold changes nothing it changed nothing on the way either.
    /// </summary>
    public bool HasEffectOf(TrialRun gold) => gold.told.IsSubsetOf(told)
        && Outcome.Abstained == gold.Outcome.Abstained
        && (!task.Task.IsReadOnly || Outcome.Calls.All(call => call.Result.RowsChanged == 0))
        && Rows().SequenceEqual(gold.Rows(), StringComparer.Ordinal);

    /// <summary>What a result shows where gold's shows a fact.</summary>
    private string? FactIn(string result, RequiredOutput output) => result == task.Task.Gold[output.Call].Result ? output.Text
        : JsonText.Read(result) is { } content && ResultPath.Find(content, output.Path) is { } value ? string.Join(' ', ScalarTexts.Of(value))
        : null;

    private List<string> Rows() => [.. session.Changes.Select(change => $"{change.Collection}/{change.Key}: {(change.Row is { } row ? Text(task.Package.Schema.Find(change.Collection)!, row) : "-")}")];

    /// <summary>A row without what nobody can predict, and with sets in a fixed order.</summary>
    private static string Text(CollectionSpec collection, JsonElement row) => string.Join(';', row.EnumerateObject().OrderBy(field => field.Name, StringComparer.Ordinal)
        .Select(field => (Held: field, Spec: collection.Fields.FirstOrDefault(spec => spec.Name == field.Name)))
        .Where(field => field.Spec is not { Volatile: true })
        .Select(field => field.Held.Name + "=" + (field.Spec is { SetLike: true } && field.Held.Value.ValueKind == JsonValueKind.Array
            ? string.Join(',', field.Held.Value.EnumerateArray().Select(item => CanonicalJson.Write(item)).Order(StringComparer.Ordinal))
            : CanonicalJson.Write(field.Held.Value))));
}
