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
    private readonly HashSet<RowKey> stated = [];
    private readonly HandedValues handed = new(dependencies);
    private int requestStart;

    /// <summary>The calls made, in order.</summary>
    public IReadOnlyList<PlannedCall> Calls => calls;

    /// <summary>Starts a request: what is made from now on serves it.</summary>
    public void Begin() => requestStart = calls.Count;

    /// <summary>Whether the user named a row by its key.</summary>
    public bool IsStated(RowKey row) => stated.Contains(row);

    /// <summary>Whether a call of the walk created a row.</summary>
    public bool IsCreated(RowKey row) => known.Any(other => other.Created && other.Row == row);

    /// <summary>Takes note of a call and its result.</summary>
    public void Add(PlannedCall call)
    {
        var step = calls.Count;
        calls.Add(call);
        using var result = JsonDocument.Parse(call.Result);
        known.AddRange(KnownRows.In(package, call.Tool, step, result.RootElement, call.Lookup ? int.MaxValue : KnownRows.Positions));
        handed.Add(call.Tool, step, result.RootElement);
        stated.UnionWith(StatedBy(call));
    }

    /// <summary>Takes back the calls of a request that nobody could make. They only read, so forgetting them is enough.</summary>
    public void Forget()
    {
        calls.RemoveRange(requestStart, calls.Count - requestStart);
        known.RemoveAll(row => row.Step >= requestStart);
        handed.Forget(requestStart);
        stated.Clear();
        stated.UnionWith(calls.SelectMany(StatedBy));
    }

    /// <summary>What a call should be about: the rows last spoken of, and what was shown that the tool takes.</summary>
    public CallWishes Wishes(PackageTool tool)
    {
        var spoken = known.AsEnumerable().Reverse().Select(row => row.Row).Distinct().Where(row => Meant(row) is not null).Take(MostSpoken).ToList();
        var values = handed.For(tool, requestStart).ToDictionary(shown => shown.Key, shown => shown.OrderBy(value => !IsOpen(value.Step, tool)).First().Value, StringComparer.Ordinal);
        return new CallWishes([.. spoken.OrderBy(row => !IsOpen(Meant(row)!.Step, tool))], values);
    }

    /// <summary>
    /// The result by which the user can mean a row without naming its key: a lookup of the present request; for "that book", the last result that showed
    /// any row of the collection, if it showed this one alone; for "the second of these books", the last listing that the user asked for. Null if nothing says which row is meant.
    /// </summary>
    public KnownRow? Meant(RowKey row)
    {
        if (known.LastOrDefault(other => other.Row == row && other.Step >= requestStart) is { } looked)
        {
            return looked;
        }

        if (known.LastOrDefault(other => other.Row.Collection == row.Collection) is not { } last)
        {
            return null;
        }

        var beside = known.Where(other => other.Step == last.Step && other.Row.Collection == row.Collection).ToList();
        var isListing = calls[last.Step] is { Lookup: false } source && source.Tool.Binding.Collection == row.Collection;
        return beside.All(other => other.Row == row) || (isListing && beside.Select(other => other.Row).Distinct().Count() == beside.Count) ? beside.LastOrDefault(other => other.Row == row) : null;
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

        var row = argument.Collection is null ? null : new RowKey(argument.Collection, StoredKey.Of(argument.Value));
        if (row is not null && Meant(row) is { } source)
        {
            return new ArgumentOrigin(argument.Parameter, KindOf(source.Step), source.Step, source.Path);
        }

        if (handed.For(call.Tool, requestStart)[argument.Parameter].Where(shown => StoredKey.Of(shown.Value) == StoredKey.Of(argument.Value)).OrderBy(shown => !IsOpen(shown.Step, call.Tool)).FirstOrDefault() is { } value)
        {
            return new ArgumentOrigin(argument.Parameter, KindOf(value.Step), value.Step, value.Path);
        }

        return new ArgumentOrigin(argument.Parameter, OriginKind.User);
    }

    /// <summary>Where a row belongs, if the result that shows the row shows that too: then the agent has it from there, and the user need not say it.</summary>
    private ArgumentOrigin? Beside(SampledCall call, SampledArgument argument)
    {
        if (!call.Tool.Binding.Owners.TryGetValue(argument.Parameter, out var field) || SampledCall.RowOf(call.Arguments) is not { } row || Meant(row) is not { } source
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

    private static IEnumerable<RowKey> StatedBy(PlannedCall call) => call.Arguments.Zip(call.Origins)
        .Where(pair => pair.First.Collection is not null && pair.Second.Kind == OriginKind.User).Select(pair => new RowKey(pair.First.Collection!, StoredKey.Of(pair.First.Value)));

    private bool IsOpen(int step, PackageTool consumer) => coverage.IsOpen(calls[step].Tool.Name, consumer.Name);

    private OriginKind KindOf(int step) => calls[step].Lookup ? OriginKind.State : OriginKind.Output;
}
