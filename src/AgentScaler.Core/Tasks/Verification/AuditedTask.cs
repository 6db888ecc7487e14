using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Determinism;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Tasks.Verification;

/// <summary>A task under audit, and what operators need to know of it to change its gold.</summary>
internal sealed class AuditedTask
{
    private readonly TaskSpec task;
    private readonly EnvironmentPackage package;
    private readonly Func<SessionSnapshot, EnvironmentSession> resume;
    private readonly List<SessionSnapshot> states = [];
    private readonly List<TrialStep> spare = [];
    private IEnumerator<TrialStep>? moreSpare;

    /// <summary>Executes gold once.</summary>
    /// <param name="open">Opens a session at the task's initial state.</param>
    /// <param name="resume">Takes a session up where a snapshot of it was taken.</param>
    /// <exception cref="EpisodeAbortedException">A call hit a limit of the runtime.</exception>
    public AuditedTask(TaskSpec task, EnvironmentPackage package, Func<EnvironmentSession> open, Func<SessionSnapshot, EnvironmentSession> resume)
    {
        this.task = task;
        this.package = package;
        this.resume = resume;
        Initial = open();
        Seed = new Seed(task.Seed).Child("verification");
        Gold = [.. task.Gold.Select((call, i) => new TrialStep(i, call.Tool, call.Arguments))];
        Outputs = [.. task.Requests.SelectMany(request => request.RequiredOutputs)];
        var session = open();
        var calls = new List<TrialCall>();
        states.Add(session.Snapshot());
        foreach (var step in Gold)
        {
            var result = session.Call(step.Tool, step.Arguments);
            calls.Add(new TrialCall(step.Tool, step.Arguments, result, session.StateHash));
            states.Add(result.RowsChanged > 0 ? session.Snapshot() : states[^1]);
        }

        GoldCalls = calls;
    }

    /// <summary>The task.</summary>
    public TaskSpec Task => task;

    /// <summary>Its environment.</summary>
    public EnvironmentPackage Package => package;

    /// <summary>A session at the initial state, to look at only.</summary>
    public EnvironmentSession Initial { get; }

    /// <summary>Where the draws of operators come from.</summary>
    public Seed Seed { get; }

    /// <summary>Gold's calls.</summary>
    public IReadOnlyList<TrialStep> Gold { get; }

    /// <summary>The same, executed.</summary>
    public IReadOnlyList<TrialCall> GoldCalls { get; }

    /// <summary>All outputs the user asks for.</summary>
    public IReadOnlyList<RequiredOutput> Outputs { get; }

    /// <summary>Whether they gave what is written down, and ended as it says.</summary>
    public bool IsGold => GoldCalls.Zip(task.Gold).All(pair => !pair.First.Result.IsError && pair.First.Result.Content == pair.Second.Result)
        && states[0].StateHash == task.InitialHash && states[^1].StateHash == task.GoldHash;

    /// <summary>A new session on which gold's calls were made, the first ones or all of them.</summary>
    public EnvironmentSession After(int calls) => resume(states[calls]);

    /// <inheritdoc cref="After"/>
    public EnvironmentSession AfterGold() => After(Gold.Count);

    /// <summary>Writes that gold lacks, one of each tool that can, each of which changes something after gold; drawn as they are asked for.</summary>
    public IEnumerable<TrialStep> SpareWrites()
    {
        moreSpare ??= DrawSpareWrites().GetEnumerator();
        for (var i = 0; i < spare.Count || moreSpare.MoveNext(); i++)
        {
            if (i == spare.Count)
            {
                spare.Add(moreSpare.Current);
            }

            yield return spare[i];
        }
    }

    /// <summary>The tool that a call calls.</summary>
    public PackageTool ToolOf(TrialStep step) => package.Tools.First(tool => tool.Name == step.Tool);

    /// <summary>Gold with other calls in the place of one.</summary>
    public Mutant Replace(int call, params IEnumerable<TrialStep> steps) => new([.. Gold.Take(call), .. steps, .. Gold.Skip(call + 1)], Outputs);

    /// <summary>The arguments of a call that name rows: by key, by owner, by reference.</summary>
    public IEnumerable<RowArgument> RowsOf(TrialStep step)
    {
        var tool = ToolOf(step);
        foreach (var argument in step.Arguments.EnumerateObject().Where(argument => argument.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number))
        {
            if (package.TargetOf(tool, argument.Name) is { } target)
            {
                yield return new RowArgument(argument.Name, target, StoredKey.Of(argument.Value));
            }
        }
    }

    /// <summary>Rows of the initial state that could be mistaken for one, in a fixed order that begins behind it.</summary>
    public IEnumerable<KeyValuePair<string, JsonElement>> Others(RowArgument row)
    {
        var rows = Initial.Rows(row.Collection).ToList();
        var at = rows.FindIndex(other => other.Key == row.Key);
        return rows.Skip(at + 1).Concat(rows.Take(Math.Max(at, 0)));
    }

    /// <summary>The call with another row in the place of one; what stands for the row's owners goes with its key.</summary>
    public TrialStep Redirect(TrialStep step, RowArgument from, KeyValuePair<string, JsonElement> to)
    {
        var tool = ToolOf(step);
        var redirected = step;
        foreach (var argument in RowsOf(step).Where(argument => argument.Collection == from.Collection && argument.Key == from.Key))
        {
            redirected = redirected.With(argument.Parameter, Form(tool, argument.Parameter, KeyOf(from.Collection, to)));
            if (argument.Parameter == tool.Binding.KeyParameter)
            {
                foreach (var (owner, field) in tool.Binding.Owners.Where(owner => to.Value.TryGetProperty(owner.Value, out _)))
                {
                    redirected = redirected.With(owner, Form(tool, owner, to.Value.GetProperty(field)));
                }
            }
        }

        return redirected;
    }

    /// <summary>The call with another row for one argument alone.</summary>
    public TrialStep Point(TrialStep step, RowArgument argument, KeyValuePair<string, JsonElement> to) =>
        step.With(argument.Parameter, Form(ToolOf(step), argument.Parameter, KeyOf(argument.Collection, to)));

    private IEnumerable<TrialStep> DrawSpareWrites()
    {
        var sampler = new CallSampler(package, Seed.Child("writes"));
        var session = AfterGold();
        foreach (var tool in Seed.Child("tools").Random().Shuffle(package.Tools.Where(tool => tool.Writes && package.Schema.Find(tool.Binding.Collection) is not null)))
        {
            if (sampler.Sample(tool, session) is not { } call)
            {
                continue;
            }

            var before = session.StateHash;
            var arguments = call.ToJson();
            session.Call(tool.Name, arguments);
            if (session.StateHash != before)
            {
                yield return new TrialStep(null, tool.Name, arguments);
                session = AfterGold();
            }
        }
    }

    private JsonElement KeyOf(string collection, KeyValuePair<string, JsonElement> row) =>
        row.Value.TryGetProperty(package.Schema.Find(collection)!.Key, out var key) ? key : JsonSerializer.SerializeToElement(row.Key);

    private static JsonNode? Form(PackageTool tool, string parameter, JsonElement value) =>
        JsonNode.Parse((tool.SchemaOf(parameter) is null ? value : ParameterForms.Key(tool, parameter, value)).GetRawText());
}
