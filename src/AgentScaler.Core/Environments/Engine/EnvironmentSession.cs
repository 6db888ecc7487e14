using System.Text;
using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Environments.Engine;

/// <summary>
/// One running environment: base rows plus the rows changed so far. The host owns it; isolates come and go between two calls. A call changes state
/// wholly or not at all. Used by one thread at a time.
/// </summary>
public sealed class EnvironmentSession
{
    private readonly EnvironmentEngine engine;
    private readonly IsolatePool pool;
    private readonly Seed seed;
    private readonly IReadOnlyList<RowChange> initial;
    private SessionState state;
    private IdCounts ids;
    private Isolate? lastIsolate;
    private long number;
    private long version;

    internal EnvironmentSession(EnvironmentEngine engine, IsolatePool pool, LoadedEnvironment environment, Seed seed, IReadOnlyList<RowChange> initial)
    {
        this.engine = engine;
        this.pool = pool;
        this.seed = seed;
        this.initial = initial;
        Environment = environment;
        state = StartState();
        ids = new IdCounts(seed);
        Renumber();
    }

    /// <summary>The environment it runs on.</summary>
    public LoadedEnvironment Environment { get; }

    /// <summary>Hash of the present state, 64 hexadecimal digits.</summary>
    public string StateHash => state.Hash;

    /// <summary>The rows that differ from the environment's initial state, the session's initial rows among them; sorted by collection and key.</summary>
    public IReadOnlyList<RowChange> Changes =>
        [.. state.Changed().Select(change => new RowChange(change.Collection.Spec.Name, change.Key, change.Row?.Element))];

    /// <summary>What differs from the session's start, field by field; sorted by collection, key and field.</summary>
    public IReadOnlyList<StateDifference> Differences => StateDifferences.Between(StartState(), state, Environment.Numbers);

    /// <summary>What differs from an earlier state, given by the <see cref="Changes"/> of then.</summary>
    public IReadOnlyList<StateDifference> DifferencesFrom(IReadOnlyList<RowChange> earlier) =>
        StateDifferences.Between(StateOf(earlier), state, Environment.Numbers);

    /// <summary>Calls a tool.</summary>
    /// <param name="arguments">A JSON object; a JSON string stands for text that was none, and gives the error <c>malformed_arguments</c>.</param>
    /// <returns>The result; a tool error too is a result.</returns>
    /// <exception cref="EpisodeAbortedException">A limit of time or memory was hit; state is as before the call.</exception>
    public ToolResult Call(string tool, JsonElement arguments)
    {
        if (Environment.FindTool(tool) is not { } loaded)
        {
            return Error("unknown_tool", $"there is no tool '{tool}'");
        }

        if (arguments.ValueKind == JsonValueKind.String)
        {
            return Error("malformed_arguments", MalformedArguments.Describe(arguments));
        }

        if (!Environment.Package.PassesAnyArguments && !loaded.Schema.IsValid(arguments))
        {
            return Error("invalid_arguments", string.Join("; ", loaded.Schema.Validate(arguments)));
        }

        try
        {
            var result = loaded.Pace.TakeMonitored() ? null : Attempt(loaded, arguments, monitored: false);
            if (result is null)
            {
                // State is as before, so the same call gives the same on another isolate.
                result = Attempt(loaded, arguments, monitored: true) ?? throw new InvalidOperationException("a monitored call has no burst to outlast");
            }

            return result;
        }
        catch (IsolateFailure e)
        {
            throw new EpisodeAbortedException(e.Reason, Environment.Package.Id, tool, e.Message, e);
        }
    }

    /// <summary>The row as it stands, or null.</summary>
    /// <exception cref="ArgumentException">There is no such collection.</exception>
    public JsonElement? Row(string collection, string key) => state.Find(Environment.Collection(collection).Index, key)?.Element;

    /// <summary>The rows of a collection in key order (by code point).</summary>
    /// <exception cref="ArgumentException">There is no such collection.</exception>
    public IEnumerable<KeyValuePair<string, JsonElement>> Rows(string collection) =>
        state.Rows(Environment.Collection(collection)).Select(row => KeyValuePair.Create(row.Key, row.Value.Element));

    /// <summary>Goes back to the session's start, ids included.</summary>
    public void Reset()
    {
        state = StartState();
        ids = new IdCounts(seed);
        Renumber();
    }

    /// <summary>The session as it can be kept; <see cref="EnvironmentEngine.Resume"/> takes it up again.</summary>
    public SessionSnapshot Snapshot() => new()
    {
        Environment = Environment.Package.Id,
        Seed = seed.Path,
        Initial = initial,
        Changes = Changes,
        Ids = ids.Export(),
        StateHash = StateHash,
    };

    /// <summary>Goes on where a snapshot of a session with the same start was taken.</summary>
    /// <exception cref="ArgumentException">Its rows don't give its state hash.</exception>
    internal void Restore(SessionSnapshot snapshot)
    {
        state = StateOf(snapshot.Changes);
        ids.Import(snapshot.Ids);
        version = snapshot.Changes.Count == 0 ? 0 : 1;
        if (StateHash != snapshot.StateHash)
        {
            throw new ArgumentException($"the snapshot's rows give the state hash {StateHash}, it says {snapshot.StateHash}", nameof(snapshot));
        }
    }

    /// <summary>One attempt on one isolate; null if the call outlasted its burst.</summary>
    private ToolResult? Attempt(LoadedTool tool, JsonElement arguments, bool monitored)
    {
        var isolate = pool.Rent(Environment, lastIsolate);
        try
        {
            lastIsolate = isolate;
            if (Run(isolate, tool, arguments, monitored) is { } result)
            {
                return result;
            }

            tool.Pace.WasSlow();
            return null;
        }
        catch
        {
            isolate.Spend();
            throw;
        }
        finally
        {
            pool.Return(isolate);
        }
    }

    private ToolResult? Run(Isolate isolate, LoadedTool tool, JsonElement arguments, bool monitored)
    {
        var id = tool.Program.NamesIds ? ids.For(arguments) : "";
        var python = Environment.Package.Values == ValueRules.Python;
        while (isolate.Call(CallRequest.Write(tool.Index, number, version, id, arguments, python), monitored) is { } reply)
        {
            switch (reply[0])
            {
                case 'M':
                    isolate.LoadSession(number, version, IsolateSetup.WriteOverlay(state.Overlays));
                    break;
                case 'I' when id.Length == 0:
                    id = ids.For(arguments);
                    break;
                case 'S':
                    throw new IsolateFailure(AbortReason.Stack, "the call used more stack than its limit");
                default:
                    return Finish(new CallReply(reply), id);
            }
        }

        return null;
    }

    private ToolResult Finish(CallReply reply, string id)
    {
        if (!reply.HasChanges)
        {
            return new ToolResult(reply.Content, reply.IsError, reply.ErrorCode, 0);
        }

        // The isolate has counted its version up already; whether a row differs from before is the host's to say.
        version++;
        var changed = 0;
        foreach (var row in reply.Changes)
        {
            changed += state.Set(row.Collection, row.Key, Environment.Collections[row.Collection].Form.Store(row)) ? 1 : 0;
        }

        if (changed > 0)
        {
            ids.Commit(id, reply.IssuedIn);
        }

        return new ToolResult(reply.Content, reply.IsError, reply.ErrorCode, changed);
    }

    private SessionState StartState() => StateOf(initial);

    private SessionState StateOf(IReadOnlyList<RowChange> changes)
    {
        var start = new SessionState(Environment);
        foreach (var (name, key, row) in changes)
        {
            var collection = Environment.Collection(name);
            if (row is { } content && PackageCheck.RowFault(collection.Spec, key, content) is { } fault)
            {
                throw new ArgumentException($"initial row '{key}' of '{name}': {fault}");
            }

            start.Set(collection.Index, key, row is { } given ? collection.Form.Store(key, given) : null);
        }

        return start;
    }

    /// <summary>Takes a number no isolate knows. Version 0 means the base rows alone; an isolate that does not know the session asks for any other.</summary>
    private void Renumber()
    {
        number = engine.NextSession();
        version = initial.Count == 0 ? 0 : 1;
    }

    private static ToolResult Error(string code, string message)
    {
        var content = new StringBuilder("{\"error\":{\"code\":");
        CanonicalJson.AppendString(content, code);
        content.Append(",\"message\":");
        CanonicalJson.AppendString(content, message);
        return new ToolResult(content.Append("}}").ToString(), true, code, 0);
    }
}
