using System.Text.Json;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Tasks.Coverage;

namespace AgentScaler.Tasks;

/// <summary>What a walk has said and shown so far, and so where an argument can come from: the user's words, or what a result showed of the very thing that is meant.</summary>
internal sealed class WalkMemory(EnvironmentPackage package, IReadOnlyList<DependencyEdge> dependencies, CoveragePlan coverage)
{
    /// <summary>Rows last spoken of that a call may be about.</summary>
    private const int MostSpoken = 6;

    private readonly List<PlannedCall> calls = [];
    private readonly List<KnownRow> known = [];
    private readonly HandedValues handed = new(dependencies);
    private readonly KnownRows rows = new(package);
    private int requestStart;

    /// <summary>The calls made, in order.</summary>
    public IReadOnlyList<PlannedCall> Calls => calls;

    /// <summary>Starts a request: what is made from now on serves it.</summary>
    public void Begin() => requestStart = calls.Count;

    /// <summary>A row under the names of all collections that have it, its own first.</summary>
    public IEnumerable<RowKey> Under(RowKey row) => rows.Under(rows.Of(row)).OrderBy(name => name != row);

    /// <summary>Whether the user named a row by its key.</summary>
    public bool IsStated(RowKey row) => calls.Any(call => IsStatedBy(call, rows.Of(row)));

    /// <summary>Whether a call of the walk created a row.</summary>
    public bool IsCreated(RowKey row) => known.Any(other => other.Created && other.Row == rows.Of(row));

    /// <summary>Whether a call shows a row.</summary>
    public bool Shows(PackageTool tool, JsonElement result, IEnumerable<RowKey> wanted) => rows.In(tool, 0, result).Select(shown => shown.Row).Intersect(wanted.Select(rows.Of)).Any();

    /// <summary>Takes note of a call and its result.</summary>
    public void Add(PlannedCall call)
    {
        var step = calls.Count;
        calls.Add(call);
        using var result = JsonDocument.Parse(call.Result);
        known.AddRange(rows.In(call.Tool, step, result.RootElement));
        handed.Add(call.Tool, step, result.RootElement);
    }

    /// <summary>Takes back the calls of a request that nobody could make. They only read, so forgetting them is enough.</summary>
    public void Forget()
    {
        calls.RemoveRange(requestStart, calls.Count - requestStart);
        known.RemoveAll(row => row.Step >= requestStart);
        handed.Forget(requestStart);
    }

    /// <summary>What a call should be about: the rows last spoken of, and what was shown that the tool takes.</summary>
    public CallWishes Wishes(PackageTool tool)
    {
        var spoken = known.AsEnumerable().Reverse().Select(row => row.Row).Distinct().Where(row => Meant(row, tool, null) is not null).Take(MostSpoken).ToList();
        var values = handed.For(tool, requestStart).ToDictionary(shown => shown.Key, shown => shown.OrderBy(value => !IsOpen(value.Step, tool, shown.Key)).First().Value, StringComparer.Ordinal);
        return new CallWishes([.. spoken.OrderBy(row => !IsOpen(Meant(row, tool, null)!.Step, tool, null)).SelectMany(rows.Under)], values);
    }

    /// <summary>
    /// The result by which the user can mean a row without naming its key: a lookup of the present request that shows the row itself, or else one that refers to it; for "that book" a result that
    /// showed no other row of the collection, if the row was the last of them that was spoken of; for "the second of these books" the listing that was spoken of last. Null if nothing says which
    /// row is meant, or if the user has named it in this request.
    /// </summary>
    /// <param name="consumer">The tool that takes the key: of several results those are preferred that no task has given it anything of yet.</param>
    /// <param name="parameter">The parameter that takes it; null for any.</param>
    public KnownRow? Meant(RowKey row, PackageTool consumer, string? parameter)
    {
        row = rows.Of(row);
        if (known.LastOrDefault(other => other.Row == row && other.Step >= requestStart && other.IsOwn) is { } looked)
        {
            return looked;
        }

        if (calls.Skip(requestStart).Any(call => IsStatedBy(call, row)))
        {
            return null;
        }

        // What a lookup was given is what the lookup's rows refer to: it goes on by the name it had.
        foreach (var call in calls.Skip(requestStart))
        {
            foreach (var (argument, origin) in call.Arguments.Zip(call.Origins).Where(pair => pair.Second.Step < requestStart && Names(pair.First, row)))
            {
                return known.LastOrDefault(other => other.Row == row && other.Step == origin.Step);
            }
        }

        if (known.LastOrDefault(other => other.Row == row && other.Step >= requestStart) is { } referred)
        {
            return referred;
        }

        if (SpokenLast(row.Collection) is not { } last)
        {
            return null;
        }

        var shown = known.Where(other => other.Row.Collection == row.Collection).ToLookup(other => other.Step);
        var single = MentionedAt(last, row.Collection).All(other => other == row)
            ? known.Where(other => other.Row == row && IsAlone(other, shown[other.Step])).OrderBy(other => IsOpen(other.Step, consumer, parameter)).ThenBy(other => other.Step).LastOrDefault() : null;
        return single ?? (calls[last] is { Lookup: false } listing && rows.AreOne(listing.Tool.Binding.Collection, row.Collection) && shown[last].Where(other => other.IsOwn).ToList() is var own
            && own.DistinctBy(other => other.Row).Count() == own.Count ? own.FirstOrDefault(other => other.Row == row && other.Position < KnownRows.Positions) : null);
    }

    /// <summary>Where an argument comes from: a constant of the schema, an earlier result that shows what is meant, else the user.</summary>
    public ArgumentOrigin Origin(SampledCall call, SampledArgument argument)
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

        if (argument.Collection is not null && Meant(rows.Of(argument.Collection, argument.Value), call.Tool, argument.Parameter) is { } source)
        {
            return new ArgumentOrigin(argument.Parameter, KindOf(source.Step), source.Step, source.Path);
        }

        if (handed.For(call.Tool, requestStart)[argument.Parameter].Where(shown => StoredKey.Of(shown.Value) == StoredKey.Of(argument.Value)).OrderBy(shown => !IsOpen(shown.Step, call.Tool, argument.Parameter)).FirstOrDefault() is { } value)
        {
            return new ArgumentOrigin(argument.Parameter, KindOf(value.Step), value.Step, value.Path);
        }

        return new ArgumentOrigin(argument.Parameter, OriginKind.User);
    }

    /// <summary>Where a row belongs, if the result that shows the row shows that too: then the agent has it from there, and the user need not say it.</summary>
    private ArgumentOrigin? Beside(SampledCall call, SampledArgument argument)
    {
        if (!call.Tool.Binding.Owners.TryGetValue(argument.Parameter, out var field) || SampledCall.RowOf(call.Arguments) is not { } row || Meant(row, call.Tool, call.Tool.Binding.KeyParameter) is not { IsOwn: true } source
            || calls[source.Step].Tool is not { } producer || producer.Binding.Collection != row.Collection
            || producer.Binding.ResultFields.FirstOrDefault(shown => shown.Value == field).Key is not { } property)
        {
            return null;
        }

        using var result = JsonDocument.Parse(calls[source.Step].Result);
        var (path, content) = KnownRows.RowsOf(producer, result.RootElement, int.MaxValue).First(shown => KnownRows.Holds(shown.Path, source.Path));
        return content.TryGetProperty(property, out var value) && JsonElement.DeepEquals(value, argument.Value)
            ? new ArgumentOrigin(argument.Parameter, KindOf(source.Step), source.Step, ShownRows.PathOf(path, property))
            : null;
    }

    private bool Names(SampledArgument argument, RowKey row) => argument.Collection is not null && rows.Of(argument.Collection, argument.Value) == row;

    private bool IsStatedBy(PlannedCall call, RowKey row) => call.Arguments.Zip(call.Origins).Any(pair => pair.Second.Kind == OriginKind.User && Names(pair.First, row));

    /// <summary>The last call that was about rows of a collection: took their keys, or showed them.</summary>
    private int? SpokenLast(string collection)
    {
        for (var step = calls.Count - 1; step >= 0; step--)
        {
            if (MentionedAt(step, collection).Any())
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>
    /// The rows of a collection that a call was about. Where it shows some, those are they, or rather those among them that it was asked for: what they refer to in turn nobody spoke of.
    /// </summary>
    private IEnumerable<RowKey> MentionedAt(int step, string collection)
    {
        var taken = calls[step].Arguments.Where(argument => argument.Collection is not null).Select(argument => rows.Of(argument.Collection!, argument.Value)).Where(row => row.Collection == collection);
        var shown = known.Where(other => other.Step == step && other.Row.Collection == collection).ToList();
        return taken.Concat(shown.Any(other => other.IsOwn) ? shown.Where(other => other.IsOwn).Select(other => other.Row) : shown.Select(other => other.Row)).Distinct();
    }

    /// <summary>Whether a result shows but one row of a collection: itself, or if it shows none, the one that all others refer to.</summary>
    private static bool IsAlone(KnownRow row, IEnumerable<KnownRow> shown) => (row.IsOwn || !shown.Any(other => other.IsOwn)) && shown.All(other => other.IsOwn != row.IsOwn || other.Row == row.Row);

    private bool IsOpen(int step, PackageTool consumer, string? parameter) => coverage.IsOpen(calls[step].Tool.Name, consumer.Name, parameter)
        && (parameter is null || !calls.Any(call => call.Tool == consumer && call.Origins.Any(origin => origin.Parameter == parameter && origin.Step is { } from && calls[from].Tool == calls[step].Tool)));

    private OriginKind KindOf(int step) => calls[step].Lookup ? OriginKind.State : OriginKind.Output;
}
