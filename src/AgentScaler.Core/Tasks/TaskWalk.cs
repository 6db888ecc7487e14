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

    /// <summary>Successors along open edges tried before a chain ends.</summary>
    private const int MostSuccessors = 4;

    /// <summary>Times that one lookup is made in a task, below what the funnel takes for an agent that repeats itself.</summary>
    private const int MostLookups = 2;

    /// <summary>Times that a choice is tried, each on another row, before the task goes without one.</summary>
    private const int MostChoices = 12;

    private readonly EnvironmentPackage package;
    private readonly IReadOnlyList<DependencyEdge> dependencies;
    private readonly Func<EnvironmentSession> open;
    private readonly Func<SessionSnapshot, EnvironmentSession> resume;
    private readonly EnvironmentSession session;
    private readonly CallSampler sampler;
    private readonly LookupFinder finder;
    private readonly IntentWriter writer;
    private readonly SeededRandom random;
    private readonly WalkMemory memory;
    private readonly CoveragePlan coverage;
    private readonly int maximumCalls;
    private readonly IReadOnlySet<string> confirmed;
    private int steps;

    /// <summary>Prepares a walk from an initial state.</summary>
    /// <param name="open">Opens a session on that state.</param>
    /// <param name="resume">Opens one where another stands, to try calls out.</param>
    /// <param name="coverage">What is still to be covered: the walk goes there first.</param>
    public TaskWalk(EnvironmentPackage package, IReadOnlyList<DependencyEdge> dependencies, Func<EnvironmentSession> open, Func<SessionSnapshot, EnvironmentSession> resume, Seed seed, CoveragePlan coverage, int maximumCalls)
    {
        this.resume = resume;
        this.coverage = coverage;
        this.package = package;
        this.dependencies = dependencies;
        this.open = open;
        this.maximumCalls = maximumCalls;
        confirmed = PolicyConduct.ConfirmedTools(package);
        session = open();
        memory = new WalkMemory(package, dependencies, coverage);
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
        var choices = choosing ? Choices(allowed) : [];
        for (var attempt = 0; choices.Count > 0 && requests.Count == 0 && attempt < MostChoices; attempt++)
        {
            requests.AddRange(TryChoice(choices[attempt % choices.Count]) is { } choice ? [choice] : []);
        }

        var chains = 0;
        IReadOnlyList<PackageTool> next = [];
        PackageTool? previous = null;
        for (var attempt = 0; attempt < 4 * wanted && memory.Calls.Count < wanted; attempt++)
        {
            var isStart = next.Count == 0;
            var tools = isStart ? [starts[chains++ % starts.Count]] : next;
            previous = isStart ? null : previous;
            next = [];
            foreach (var tool in tools)
            {
                if (previous is not null && coverage.IsOpen(previous.Name, tool.Name))
                {
                    coverage.Aim(previous.Name, tool.Name);
                }

                if (TryRequest(tool, isStart ? Aim(tool, allowed) : null) is { } request)
                {
                    previous = tool;
                    requests.Add(request);
                    next = Successors(tool, allowed, requests);
                    break;
                }
            }
        }

        return requests;
    }

    /// <summary>The tools that may follow: successors in the dependency graph along edges that no task covers yet, then one that this task did not use yet; none ends the chain.</summary>
    private IReadOnlyList<PackageTool> Successors(PackageTool tool, IReadOnlyList<PackageTool> allowed, List<(PlannedRequest Planned, UserRequest Spoken)> requests)
    {
        var successors = dependencies.Where(edge => edge.Producer == tool.Name && edge.Consumer != tool.Name)
            .Select(edge => edge.Consumer).Distinct(StringComparer.Ordinal)
            .Select(name => allowed.FirstOrDefault(other => other.Name == name)).OfType<PackageTool>().ToList();
        var open = random.Shuffle(successors.Where(other => coverage.IsOpen(tool.Name, other.Name))).OrderBy(other => coverage.TimesAimed(tool.Name, other.Name)).Take(MostSuccessors).ToList();
        var fresh = successors.Where(other => !open.Contains(other) && requests.All(request => request.Planned.Goal.Tool != other)).ToList();
        return fresh.Count > 0 ? [.. open, random.Pick(fresh)] : open.Count > 0 ? open : successors.Count > 0 && random.Chance(0.3) ? [random.Pick(successors)] : [];
    }

    /// <summary>What the first call of a chain should be about so that something can follow along an edge that no task covers yet; null if none can.</summary>
    private CallWishes? Aim(PackageTool tool, IReadOnlyList<PackageTool> allowed)
    {
        var open = dependencies.Where(edge => edge.Producer == tool.Name && edge.Consumer != tool.Name && coverage.IsOpen(edge.Producer, edge.Consumer) && allowed.Any(other => other.Name == edge.Consumer)).ToList();
        if (open.Count == 0)
        {
            return null;
        }

        var edge = random.Shuffle(open).MinBy(edge => coverage.TimesAimed(edge.Producer, edge.Consumer))!;
        coverage.Aim(edge.Producer, edge.Consumer);
        if (sampler.Sample(allowed.First(other => other.Name == edge.Consumer), session) is not { } call)
        {
            return null;
        }

        // Where the producer finds its row by key, it has to be a row that shows what the other takes.
        var values = new Dictionary<string, JsonElement>();
        if (tool.Binding.KeyParameter is { } key && tool.Binding.FieldAt(edge.OutputField) is { } field && call.Arguments.FirstOrDefault(argument => argument.Parameter == edge.Parameter) is { } taken)
        {
            var rows = session.Rows(tool.Binding.Collection).Where(row => row.Value.TryGetProperty(field, out var held) && StoredKey.Of(held) == StoredKey.Of(taken.Value)).ToList();
            if (rows.Count > 0)
            {
                values[key] = random.Pick(rows).Value.GetProperty(package.Schema.Find(tool.Binding.Collection)!.Key);
            }
        }

        return new CallWishes([.. call.Arguments.Where(argument => argument.Collection is not null).Select(argument => new RowKey(argument.Collection!, StoredKey.Of(argument.Value)))], values);
    }

    /// <summary>A request about what it is aimed at, or what was last spoken of, or else something new.</summary>
    private (PlannedRequest Planned, UserRequest Spoken)? TryRequest(PackageTool tool, CallWishes? aim)
    {
        memory.Begin();
        return (aim is null ? null : TryAbout(tool, aim)) ?? (memory.Wishes(tool) is { IsEmpty: false } wishes ? TryAbout(tool, wishes) : null) ?? TryAbout(tool, CallWishes.None);
    }

    private (PlannedRequest Planned, UserRequest Spoken)? TryAbout(PackageTool tool, CallWishes wishes)
    {
        if (sampler.Sample(tool, session, wishes) is not { } goal || Repeats(goal))
        {
            return null;
        }

        var first = memory.Calls.Count;
        var lookups = Lookups(goal);
        var needed = lookups.Count + 2 + (confirmed.Contains(tool.Name) ? 1 : 0);
        if (lookups.Any(IsTiresome) || first + lookups.Count + 1 > maximumCalls || steps + needed > MostSteps || !Works(lookups, goal) || Overrides(goal))
        {
            return null;
        }

        foreach (var lookup in lookups)
        {
            Execute(lookup, isLookup: true);
        }

        Execute(goal, isLookup: false);
        var planned = new PlannedRequest(first, [.. memory.Calls.Skip(first)]);
        if (writer.Write(planned) is { } spoken)
        {
            steps += needed;
            return (planned, spoken);
        }

        memory.Forget();
        return null;
    }

    /// <summary>What could be decided on, in random order: a read that shows a field with a few values, and two writes of the row it shows.</summary>
    private IReadOnlyList<(PackageTool Read, string Property, PackageTool Goal, PackageTool Other)> Choices(IReadOnlyList<PackageTool> allowed)
    {
        return random.Shuffle(
            from read in allowed
            where read.Binding.Kind == OperationKind.Get && read.Binding.KeyParameter is not null
            from shown in read.Binding.ResultFields
            where Alternatives(read, shown.Key).Count > 1
            from goal in allowed
            where Changes(goal, read)
            from other in allowed
            where Changes(other, read)
            select (read, shown.Key, goal, other));

        bool Changes(PackageTool tool, PackageTool read) => tool.Binding.Kind is OperationKind.Update or OperationKind.Status && tool.Binding.KeyParameter is not null && !confirmed.Contains(tool.Name)
            && tool.Binding.Collection == read.Binding.Collection && tool.Binding.Owners.Values.ToHashSet(StringComparer.Ordinal).SetEquals(read.Binding.Owners.Values);
    }

    /// <summary>What a shown field may be, as the user says it: one of a few texts, yes or no; none if it may be anything.</summary>
    private IReadOnlyList<string> Alternatives(PackageTool read, string property)
    {
        var type = package.Schema.Find(read.Binding.Collection)!.Fields.First(field => field.Name == read.Binding.ResultFields[property]).Type;
        return ResultReader.TypeOf(type) == "boolean" ? ["true", "false"] : FieldSchemas.EnumOf(type);
    }

    /// <summary>A request in which what a read shows decides between two writes of the row; both would succeed, and end differently.</summary>
    private (PlannedRequest Planned, UserRequest Spoken)? TryChoice((PackageTool Read, string Property, PackageTool Goal, PackageTool Other) choice)
    {
        memory.Begin();
        if (sampler.Sample(choice.Goal, session) is not { } goal || SampledCall.RowOf(goal.Arguments) is not { } row || SampleOn(row, choice.Other) is not { } other || SampleOn(row, choice.Read) is not { } read
            || read.Arguments.Any(argument => argument.Role == ArgumentRole.Other && memory.Origin(read, argument).Kind != OriginKind.Constant))
        {
            return null;
        }

        var lookups = Lookups(goal);
        var needed = lookups.Count + 3;
        if (memory.Calls.Count + lookups.Count + 2 > maximumCalls || steps + needed > MostSteps || !Works(lookups, goal) || !Works([], other) || EndOf(goal) == EndOf(other))
        {
            return null;
        }

        var first = memory.Calls.Count;
        foreach (var lookup in lookups)
        {
            Execute(lookup, isLookup: true);
        }

        Execute(read, isLookup: false);
        var made = memory.Calls[^1];
        using var result = JsonDocument.Parse(made.Result);
        var (path, content) = KnownRows.RowsOf(choice.Read, result.RootElement).FirstOrDefault();
        if (content.ValueKind == JsonValueKind.Object && content.TryGetProperty(choice.Property, out var value) && ScalarTexts.Of(value).ToList() is [var shown]
            && Alternatives(choice.Read, choice.Property).Where(text => text != shown && !Sets(other, choice.Read.Binding.ResultFields[choice.Property], text)).ToList() is { Count: > 0 } others)
        {
            var otherwise = new PlannedCall(other.Tool, other.Arguments, OriginsAfter(made, other), Lookup: false, Writes: true, Result: "");
            var holds = random.Chance(0.5);
            var condition = new PlannedCondition(memory.Calls.Count - 1, choice.Property, ShownRows.PathOf(path, choice.Property), holds ? shown : random.Pick(others), holds, otherwise);
            Execute(goal, OriginsAfter(made, goal), isLookup: false);
            var planned = new PlannedRequest(first, [.. memory.Calls.Skip(first)]) { Condition = condition };
            steps += needed;
            return (planned, writer.Write(planned)!);
        }

        memory.Forget();
        return null;
    }

    /// <summary>A call on a row; null if the tool can't work on it.</summary>
    private SampledCall? SampleOn(RowKey row, PackageTool tool) =>
        sampler.Sample(tool, session, CallWishes.None with { Rows = [row] }) is { } call && SampledCall.RowOf(call.Arguments) == row ? call : null;

    /// <summary>Whether a call gives a field a value: nobody wants what is so already.</summary>
    private static bool Sets(SampledCall call, string field, string text) =>
        call.Arguments.Any(argument => call.Tool.Binding.Fields.GetValueOrDefault(argument.Parameter) == field && ScalarTexts.Of(argument.Value).SequenceEqual([text], StringComparer.Ordinal));

    /// <summary>Where the arguments of a call come from that works on the row that was just read: the row, and where it belongs, it has from where the read has them.</summary>
    private IReadOnlyList<ArgumentOrigin> OriginsAfter(PlannedCall read, SampledCall call) =>
    [
        .. call.Arguments.Select(argument => Names(call.Tool, argument) is { } name && read.Arguments.ToList().FindIndex(other => Names(read.Tool, other) == name) is >= 0 and var index
            ? read.Origins[index] with { Parameter = argument.Parameter }
            : memory.Origin(call, argument)),
    ];

    /// <summary>The field by which an argument names the row that a call works on: its key, or where it belongs; null if it does not.</summary>
    private string? Names(PackageTool tool, SampledArgument argument) =>
        argument.Role == ArgumentRole.Key ? package.Schema.Find(tool.Binding.Collection)!.Key : tool.Binding.Owners.GetValueOrDefault(argument.Parameter);

    /// <summary>The state in which a call made now would end.</summary>
    private string EndOf(SampledCall call) => EndOf(call, resume(session.Snapshot()));

    /// <summary>The state in which a call made now would end, had an earlier one not been made.</summary>
    private string EndOf(SampledCall call, PlannedCall without)
    {
        var trial = open();
        foreach (var made in memory.Calls.Where(made => made != without))
        {
            trial.Call(made.Tool.Name, made.ToJson());
        }

        return EndOf(call, trial);
    }

    private static string EndOf(SampledCall call, EnvironmentSession trial)
    {
        trial.Call(call.Tool.Name, call.ToJson());
        return trial.StateHash;
    }

    /// <summary>Whether a lookup was made so often that once more looks like an agent that is stuck.</summary>
    private bool IsTiresome(SampledCall lookup) => memory.Calls.Count(call => call.Tool == lookup.Tool && JsonElement.DeepEquals(call.ToJson(), lookup.ToJson())) >= MostLookups;

    /// <summary>Whether a goal says again what was said, or undoes or overwrites what an earlier goal did: gold would hold a call that changes nothing in the end.</summary>
    private bool Repeats(SampledCall goal)
    {
        if (memory.Calls.Any(call => call.Tool == goal.Tool && JsonElement.DeepEquals(call.ToJson(), goal.ToJson())))
        {
            return true;
        }

        if (!goal.Tool.Writes || SampledCall.RowOf(goal.Arguments) is not { } row)
        {
            return false;
        }

        var deletes = goal.Tool.Binding.Kind == OperationKind.Delete;
        var isStatus = goal.Tool.Binding.Kind == OperationKind.Status;
        return (deletes && memory.IsCreated(row)) || memory.Calls.Any(call => call.Writes && SampledCall.RowOf(call.Arguments) == row
            && (deletes || call.Tool == goal.Tool || (isStatus && call.Tool.Binding.Kind == OperationKind.Status)));
    }

    /// <summary>Calls that find out the keys the goal needs and no earlier result shows.</summary>
    private List<SampledCall> Lookups(SampledCall goal)
    {
        var lookups = new List<SampledCall>();
        foreach (var argument in goal.Arguments.Where(argument => argument.Collection is not null))
        {
            var row = new RowKey(argument.Collection!, StoredKey.Of(argument.Value));
            if (!memory.IsStated(row) && memory.Meant(row, goal.Tool, argument.Parameter) is null && random.Chance(LookupShare) && memory.Under(row).Select(name => finder.Find(name, goal)).FirstOrDefault(found => found is not null) is { } lookup
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
        var trial = resume(session.Snapshot());
        foreach (var lookup in lookups)
        {
            using var result = JsonDocument.Parse(trial.Call(lookup.Tool.Name, lookup.ToJson()).Content);
            if (!memory.Shows(lookup.Tool, result.RootElement, goal.Arguments.Where(argument => argument.Collection is not null).Select(argument => new RowKey(argument.Collection!, StoredKey.Of(argument.Value)))))
            {
                return false;
            }
        }

        var before = trial.StateHash;
        return !trial.Call(goal.Tool.Name, goal.ToJson()).IsError && (!goal.Tool.Writes || trial.StateHash != before);
    }

    /// <summary>Whether a goal would make an earlier write of the same row as if it had never been: gold would hold a call that changes nothing in the end.</summary>
    private bool Overrides(SampledCall goal)
    {
        if (!goal.Tool.Writes || SampledCall.RowOf(goal.Arguments) is not { } row)
        {
            return false;
        }

        var end = EndOf(goal);
        return memory.Calls.Any(call => call.Writes && SampledCall.RowOf(call.Arguments) == row && EndOf(goal, without: call) == end);
    }

    private void Execute(SampledCall call, bool isLookup) => Execute(call, [.. call.Arguments.Select(argument => memory.Origin(call, argument))], isLookup);

    private void Execute(SampledCall call, IReadOnlyList<ArgumentOrigin> origins, bool isLookup)
    {
        var before = session.StateHash;
        var result = session.Call(call.Tool.Name, call.ToJson());
        memory.Add(new PlannedCall(call.Tool, call.Arguments, origins, isLookup, session.StateHash != before, result.Content));
    }
}
