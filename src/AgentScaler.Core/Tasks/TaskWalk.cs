using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Tasks.Coverage;

namespace AgentScaler.Tasks;

/// <summary>
/// A directed walk on the dependency graph (paper, task construction), executed as it goes: each tool's arguments come from earlier
/// results where the graph provides them, from a lookup by what the user calls the thing, or from the user.
/// </summary>
internal sealed class TaskWalk
{
    private const double LookupShare = 0.9;

    /// <summary>Gold calls, questions before what must be confirmed, and answers: they have to fit into an episode's 30 agent steps, with a slip in between.</summary>
    private const int MostSteps = 28;

    /// <summary>Choices tried before the task goes without one.</summary>
    private const int MostChoices = 12;

    private readonly EnvironmentPackage package;
    private readonly IReadOnlyList<DependencyEdge> dependencies;
    private readonly Func<EnvironmentSession> open;
    private readonly EnvironmentSession session;
    private readonly CallSampler sampler;
    private readonly LookupFinder finder;
    private readonly IntentWriter writer;
    private readonly SeededRandom random;
    private readonly CoveragePlan coverage;
    private readonly int maximumCalls;
    private readonly List<PlannedCall> calls = [];
    private readonly List<KnownRow> known = [];
    private readonly HashSet<RowKey> stated = [];
    private readonly IReadOnlySet<string> confirmed;
    private int requestStart;
    private int steps;

    /// <summary>Prepares a walk from an initial state.</summary>
    /// <param name="open">Opens a session on that state; called again to try calls out.</param>
    /// <param name="coverage">What is still to be covered: the walk goes there first.</param>
    public TaskWalk(EnvironmentPackage package, IReadOnlyList<DependencyEdge> dependencies, Func<EnvironmentSession> open, Seed seed, CoveragePlan coverage, int maximumCalls)
    {
        this.coverage = coverage;
        this.package = package;
        this.dependencies = dependencies;
        this.open = open;
        this.maximumCalls = maximumCalls;
        confirmed = PolicyConduct.ConfirmedTools(package);
        session = open();
        sampler = new CallSampler(package, seed.Child("calls"));
        writer = new IntentWriter(package, seed.Child("intent"));
        random = seed.Child("walk").Random();
        finder = new LookupFinder(package, session, coverage, random);
    }

    /// <summary>Walks.</summary>
    /// <param name="starts">Tools to start a chain from, most wanted first.</param>
    /// <param name="allowed">Tools that may be used.</param>
    /// <param name="wanted">Calls wanted, lookups included.</param>
    /// <param name="choosing">Whether the state shall decide between two wishes, where the environment gives that.</param>
    /// <returns>The requests with the words for each, in the order they are spoken.</returns>
    public IReadOnlyList<(PlannedRequest Planned, UserRequest Spoken)> Walk(IReadOnlyList<PackageTool> starts, IReadOnlyList<PackageTool> allowed, int wanted, bool choosing = false)
    {
        var requests = new List<(PlannedRequest Planned, UserRequest Spoken)>();
        if (choosing && Choices(allowed).Select(TryChoice).FirstOrDefault(request => request is not null) is { } choice)
        {
            requests.Add(choice);
        }

        var chains = 0;
        PackageTool? next = null;
        for (var attempt = 0; attempt < 4 * wanted && calls.Count < wanted; attempt++)
        {
            var tool = next ?? starts[chains++ % starts.Count];
            if (TryRequest(tool) is { } request)
            {
                requests.Add(request);
                next = Successor(tool, allowed, requests);
            }
            else
            {
                next = null;
            }
        }

        return requests;
    }

    /// <summary>The tool after this one: a successor in the dependency graph, along an edge that no task covers yet or else to what this one did not use yet; null ends the chain.</summary>
    private PackageTool? Successor(PackageTool tool, IReadOnlyList<PackageTool> allowed, List<(PlannedRequest Planned, UserRequest Spoken)> requests)
    {
        var successors = dependencies.Where(edge => edge.Producer == tool.Name && edge.Consumer != tool.Name)
            .Select(edge => edge.Consumer).Distinct(StringComparer.Ordinal)
            .Select(name => allowed.FirstOrDefault(other => other.Name == name)).OfType<PackageTool>().ToList();
        var fresh = successors.Where(other => requests.All(request => request.Planned.Goal.Tool != other)).ToList();
        var open = successors.Where(other => coverage.IsOpen(tool.Name, other.Name)).ToList();
        return open.Count > 0 ? random.Pick(open) : fresh.Count > 0 ? random.Pick(fresh) : successors.Count > 0 && random.Chance(0.3) ? random.Pick(successors) : null;
    }

    private (PlannedRequest Planned, UserRequest Spoken)? TryRequest(PackageTool tool)
    {
        requestStart = calls.Count;
        var preferred = known.AsEnumerable().Reverse().Select(row => row.Row).Distinct().Where(row => Meant(row) is not null).Take(4).ToList();
        if (sampler.Sample(tool, session, preferred) is not { } goal || Repeats(goal))
        {
            return null;
        }

        var first = calls.Count;
        var lookups = Lookups(goal);
        var needed = lookups.Count + 2 + (confirmed.Contains(tool.Name) ? 1 : 0);
        if (first + lookups.Count + 1 > maximumCalls || steps + needed > MostSteps || !Works(lookups, goal))
        {
            return null;
        }

        var before = stated.ToList();
        foreach (var lookup in lookups)
        {
            Execute(lookup, isLookup: true);
        }

        Execute(goal, isLookup: false);
        var planned = new PlannedRequest(first, calls.GetRange(first, calls.Count - first));
        if (writer.Write(planned) is { } spoken)
        {
            steps += needed;
            return (planned, spoken);
        }

        Forget(first, before);
        return null;
    }

    /// <summary>Takes calls back that nobody could ask for. They only read, so forgetting them is enough.</summary>
    private void Forget(int first, List<RowKey> before)
    {
        calls.RemoveRange(first, calls.Count - first);
        known.RemoveAll(row => row.Step >= first);
        stated.IntersectWith(before);
    }

    /// <summary>What could be decided on, in random order: a read that shows a field with a few values, and two writes of the row it shows.</summary>
    private IEnumerable<(PackageTool Read, string Property, PackageTool Goal, PackageTool Other)> Choices(IReadOnlyList<PackageTool> allowed)
    {
        bool IsPlain(PackageTool tool) => tool.Binding.KeyParameter is not null && tool.Binding.Owners.Count == 0 && !confirmed.Contains(tool.Name);
        return random.Shuffle(
            from read in allowed
            where read.Binding.Kind == OperationKind.Get && IsPlain(read)
            let collection = package.Schema.Find(read.Binding.Collection)!
            from shown in read.Binding.ResultFields
            where FieldSchemas.EnumOf(collection.Fields.First(field => field.Name == shown.Value).Type).Count > 1
            from goal in allowed
            where Changes(goal) && goal.Binding.Collection == read.Binding.Collection
            from other in allowed
            where Changes(other) && other.Binding.Collection == read.Binding.Collection
            select (read, shown.Key, goal, other)).Take(MostChoices);

        bool Changes(PackageTool tool) => tool.Binding.Kind is OperationKind.Update or OperationKind.Status && IsPlain(tool);
    }

    /// <summary>A request in which what a read shows decides between two writes of the row; both would succeed, and end differently.</summary>
    private (PlannedRequest Planned, UserRequest Spoken)? TryChoice((PackageTool Read, string Property, PackageTool Goal, PackageTool Other) choice)
    {
        requestStart = calls.Count;
        if (sampler.Sample(choice.Goal, session) is not { } goal || RowOf(goal.Arguments) is not { } row
            || sampler.Sample(choice.Other, session, [row]) is not { } other || RowOf(other.Arguments) != row
            || CallSampler.Complete(choice.Read, [goal.Arguments.First(argument => argument.Role == ArgumentRole.Key) with { Parameter = choice.Read.Binding.KeyParameter! }]) is not { } read)
        {
            return null;
        }

        var lookups = Lookups(goal);
        var needed = lookups.Count + 3;
        if (calls.Count + lookups.Count + 2 > maximumCalls || steps + needed > MostSteps || !Works(lookups, goal) || !Works([], other) || EndOf(goal) == EndOf(other))
        {
            return null;
        }

        var first = calls.Count;
        var before = stated.ToList();
        foreach (var lookup in lookups)
        {
            Execute(lookup, isLookup: true);
        }

        Execute(read, isLookup: false);
        var key = calls[^1].Origins[calls[^1].Arguments.ToList().FindIndex(argument => argument.Role == ArgumentRole.Key)];
        var otherwise = new PlannedCall(other.Tool, other.Arguments, [.. other.Arguments.Select(argument => OriginOf(other, argument, key))], Lookup: false, Writes: true, Result: "");
        using var shown = JsonDocument.Parse(calls[^1].Result);
        var (path, content) = KnownRows.RowsOf(choice.Read, shown.RootElement).FirstOrDefault();
        if (content.ValueKind == JsonValueKind.Object && content.TryGetProperty(choice.Property, out var value) && value.ValueKind == JsonValueKind.String)
        {
            var values = FieldSchemas.EnumOf(package.Schema.Find(row.Collection)!.Fields.First(field => field.Name == choice.Read.Binding.ResultFields[choice.Property]).Type);
            var holds = random.Chance(0.5);
            var named = holds ? value.GetString()! : random.Pick(values.Where(text => text != value.GetString()).ToList());
            var condition = new PlannedCondition(calls.Count - 1, choice.Property, path.Length == 0 ? choice.Property : path + "." + choice.Property, named, holds, otherwise);
            Execute(goal, [.. goal.Arguments.Select(argument => OriginOf(goal, argument, key))], isLookup: false);
            var planned = new PlannedRequest(first, calls.GetRange(first, calls.Count - first)) { Condition = condition };
            steps += needed;
            return (planned, writer.Write(planned)!);
        }

        Forget(first, before);
        return null;
    }

    /// <summary>Both writes have the row from where the read between has it.</summary>
    private ArgumentOrigin OriginOf(SampledCall call, SampledArgument argument, ArgumentOrigin key) =>
        argument.Role == ArgumentRole.Key ? key with { Parameter = argument.Parameter } : Origin(call, argument);

    /// <summary>The state in which a call made now would end.</summary>
    private string EndOf(SampledCall call)
    {
        var trial = open();
        foreach (var made in calls)
        {
            trial.Call(made.Tool.Name, made.ToJson());
        }

        trial.Call(call.Tool.Name, call.ToJson());
        return trial.StateHash;
    }

    /// <summary>Whether a goal says again what was said, or undoes or overwrites what an earlier goal did: gold would hold a call that changes nothing in the end.</summary>
    private bool Repeats(SampledCall goal)
    {
        if (calls.Any(call => call.Tool == goal.Tool && JsonElement.DeepEquals(call.ToJson(), goal.ToJson())))
        {
            return true;
        }

        if (!goal.Tool.Writes || RowOf(goal.Arguments) is not { } row)
        {
            return false;
        }

        var deletes = goal.Tool.Binding.Kind == OperationKind.Delete;
        var isStatus = goal.Tool.Binding.Kind == OperationKind.Status;
        return (deletes && known.Any(other => other.Created && other.Row == row)) || calls.Any(call => call.Writes && RowOf(call.Arguments) == row
            && (deletes || call.Tool == goal.Tool || (isStatus && call.Tool.Binding.Kind == OperationKind.Status)));
    }

    /// <summary>
    /// The result by which the user can mean a row without naming its key: a lookup of the present request, or, for "that book", the last result that showed
    /// any row of the collection, if it showed this one alone. Null if nothing says which row is meant.
    /// </summary>
    private KnownRow? Meant(RowKey row)
    {
        if (known.LastOrDefault(other => other.Row == row && other.Step >= requestStart) is { } looked)
        {
            return looked;
        }

        var last = known.LastOrDefault(other => other.Row.Collection == row.Collection);
        return last is not null && known.All(other => other.Step != last.Step || other.Row.Collection != row.Collection || other.Row == row)
            ? known.LastOrDefault(other => other.Step == last.Step && other.Row == row)
            : null;
    }

    private static RowKey? RowOf(IReadOnlyList<SampledArgument> arguments) =>
        arguments.FirstOrDefault(argument => argument.Role == ArgumentRole.Key) is { } key ? new RowKey(key.Collection!, StoredKey.Of(key.Value)) : null;

    /// <summary>Calls that find out the keys the goal needs and no earlier result shows.</summary>
    private List<SampledCall> Lookups(SampledCall goal)
    {
        var lookups = new List<SampledCall>();
        foreach (var argument in goal.Arguments.Where(argument => argument.Collection is not null))
        {
            var row = new RowKey(argument.Collection!, StoredKey.Of(argument.Value));
            if (!stated.Contains(row) && Meant(row) is null && random.Chance(LookupShare) && finder.Find(row, goal) is { } lookup
                && lookups.All(other => !JsonElement.DeepEquals(other.ToJson(), lookup.ToJson())))
            {
                lookups.Add(lookup);
            }
        }

        // What a listing is of is looked up before it.
        return [.. lookups.OrderBy(lookup => lookup.Arguments.Count(argument => argument.Collection is not null))];
    }

    /// <summary>Tries lookups and goal on a copy of the state: every lookup must show the row it is for, the goal must succeed and, if it is to write, change something.</summary>
    private bool Works(List<SampledCall> lookups, SampledCall goal)
    {
        var trial = open();
        foreach (var call in calls)
        {
            trial.Call(call.Tool.Name, call.ToJson());
        }

        foreach (var lookup in lookups)
        {
            using var result = JsonDocument.Parse(trial.Call(lookup.Tool.Name, lookup.ToJson()).Content);
            var shown = KnownRows.In(package, lookup.Tool, 0, result.RootElement, int.MaxValue).Select(row => row.Row).ToHashSet();
            if (!goal.Arguments.Any(argument => argument.Collection is not null && shown.Contains(new RowKey(argument.Collection, StoredKey.Of(argument.Value)))))
            {
                return false;
            }
        }

        var before = trial.StateHash;
        return !trial.Call(goal.Tool.Name, goal.ToJson()).IsError && (!goal.Tool.Writes || trial.StateHash != before);
    }

    private void Execute(SampledCall call, bool isLookup) => Execute(call, [.. call.Arguments.Select(argument => Origin(call, argument))], isLookup);

    private void Execute(SampledCall call, IReadOnlyList<ArgumentOrigin> origins, bool isLookup)
    {
        var before = session.StateHash;
        var result = session.Call(call.Tool.Name, call.ToJson());
        var step = calls.Count;
        calls.Add(new PlannedCall(call.Tool, call.Arguments, origins, isLookup, session.StateHash != before, result.Content));
        using var content = JsonDocument.Parse(result.Content);
        known.AddRange(KnownRows.In(package, call.Tool, step, content.RootElement, isLookup ? int.MaxValue : KnownRows.Positions));
    }

    private ArgumentOrigin Origin(SampledCall call, SampledArgument argument)
    {
        if (argument.Collection is null && call.Tool.SchemaOf(argument.Parameter) is { } schema
            && (argument.Role == ArgumentRole.Other ? ConstantValue.Of(schema) : ConstantValue.Only(schema)) is { } constant && JsonElement.DeepEquals(constant, argument.Value))
        {
            return new ArgumentOrigin(argument.Parameter, OriginKind.Constant);
        }

        if (argument.Collection is null && Beside(call, argument) is { } beside)
        {
            return beside;
        }

        var row = argument.Collection is null ? null : new RowKey(argument.Collection, StoredKey.Of(argument.Value));
        var source = row is null || stated.Contains(row) ? null : Meant(row);
        if (source is null && row is not null)
        {
            // Who named a key once names it again; to hide it later would be odd.
            stated.Add(row);
        }

        return source is null
            ? new ArgumentOrigin(argument.Parameter, OriginKind.User)
            : new ArgumentOrigin(argument.Parameter, KindOf(source.Step), source.Step, source.Path);
    }

    /// <summary>Where a row belongs, if the result that shows the row shows that too: then the agent has it from there, and the user need not say it.</summary>
    private ArgumentOrigin? Beside(SampledCall call, SampledArgument argument)
    {
        if (!call.Tool.Binding.Owners.TryGetValue(argument.Parameter, out var field) || RowOf(call.Arguments) is not { } row || stated.Contains(row) || Meant(row) is not { } source
            || calls[source.Step].Tool is not { } producer || producer.Binding.Collection != row.Collection
            || producer.Binding.ResultFields.FirstOrDefault(shown => shown.Value == field).Key is not { } property)
        {
            return null;
        }

        using var result = JsonDocument.Parse(calls[source.Step].Result);
        var (path, content) = KnownRows.RowsOf(producer, result.RootElement, int.MaxValue).First(shown => KnownRows.Holds(shown.Path, source.Path));
        return content.TryGetProperty(property, out var value) && JsonElement.DeepEquals(value, argument.Value)
            ? new ArgumentOrigin(argument.Parameter, KindOf(source.Step), source.Step, path.Length == 0 ? property : path + "." + property)
            : null;
    }

    private OriginKind KindOf(int step) => calls[step].Lookup ? OriginKind.State : OriginKind.Output;
}
