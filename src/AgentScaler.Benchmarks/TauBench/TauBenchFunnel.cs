using System.Globalization;
using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Replay;
using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Tasks;

namespace AgentScaler.Benchmarks.TauBench;

/// <summary>
/// Puts tau-bench's scored conversations through the funnel: its tasks become ours (gold executed, one request, its outputs required), its recordings become
/// episodes. A recording holds what the agent did and the user's last reply only, so the user opens with the instruction, and replies in between are a placeholder.
/// </summary>
public sealed class TauBenchFunnel
{
    private const string Generator = "recorded";
    private const string UnrecordedReply = "(The recording does not hold this reply.)";

    private readonly TauBenchEnvironment environment;
    private readonly FunnelSettings settings;
    private readonly ReplayCheck replay;
    private readonly IReadOnlyDictionary<string, TauBenchTask> tasks;
    private readonly Dictionary<string, TaskSpec> specs = new(StringComparer.Ordinal);

    /// <summary>A funnel over the tasks of some splits.</summary>
    /// <exception cref="BenchmarkDataException">A file of tasks is malformed.</exception>
    public TauBenchFunnel(TauBenchEnvironment environment, TauBenchData data, EnvironmentEngine engine, FunnelSettings settings, params ReadOnlySpan<string> splits)
    {
        this.environment = environment;
        this.settings = settings;
        replay = new ReplayCheck(engine, environment.Environment);
        var all = new Dictionary<string, TauBenchTask>(StringComparer.Ordinal);
        foreach (var split in splits)
        {
            foreach (var (id, task) in data.ReadTasks(split))
            {
                all.Add(id, task);
            }
        }

        tasks = all;
    }

    /// <summary>The task as the funnel knows tasks.</summary>
    /// <exception cref="FormatException">There is no such task.</exception>
    public TaskSpec Task(string id)
    {
        if (!specs.TryGetValue(id, out var spec))
        {
            specs[id] = spec = Convert(tasks.GetValueOrDefault(id) ?? throw new FormatException($"there is no task '{id}'"));
        }

        return spec;
    }

    /// <summary>Judges a recorded conversation.</summary>
    /// <param name="row"><c>{task, variant, actions: [{name, kwargs}], last_user_reply, reward, info}</c>.</param>
    /// <exception cref="FormatException">The row is none, or of an unknown task.</exception>
    public TauBenchVerdict Judge(JsonElement row)
    {
        var task = Task(row.Text("task") ?? throw new FormatException("expected the field 'task'"));
        var variant = row.Text("variant") ?? string.Empty;
        var episode = Convert(row, task, variant);
        var package = environment.Environment.Package;
        var info = row.Optional("info", JsonValueKind.Object, JsonValueKind.Null) is { ValueKind: JsonValueKind.Object } found ? found : (JsonElement?)null;
        return new TauBenchVerdict(
            task.Id,
            variant,
            row.Required("reward", JsonValueKind.Number).GetDouble(),
            info?.Optional("r_actions") is { } right ? IsTrue(right) : null,
            info?.Optional("outputs", JsonValueKind.Object) is { } outputs ? outputs.EnumerateObject().All(output => IsTrue(output.Value)) : null,
            EpisodeFunnel.Reward(episode, task, package, settings.Match),
            EpisodeFunnel.Judge(episode, task, package, settings, replay),
            task.IsReadOnly);
    }

    private static bool IsTrue(JsonElement value) => value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.Number && value.GetDouble() != 0);

    private TaskSpec Convert(TauBenchTask task)
    {
        var session = environment.Open();
        var initial = session.StateHash;
        var gold = new List<GoldCall>();
        foreach (var action in task.Actions.Where(action => action.Name is not (TauBenchDomain.TransferTool or TauBenchAction.Respond)))
        {
            var result = session.Call(action.Name, action.Arguments);

            // A gold call that fails changes nothing the benchmark looks at, nor is it one to ask an agent for.
            if (!result.IsError)
            {
                gold.Add(new GoldCall(action.Name, action.Arguments, [], result.RowsChanged > 0, result.Content));
            }
        }

        return new TaskSpec
        {
            Id = task.Id,
            Environment = environment.Environment.Package.Id,
            Seed = TauBenchData.Benchmark,
            InitialChanges = [],
            Requests = [new UserRequest(task.Instruction, 0, gold.Count, [.. task.Outputs.Select(output => new RequiredOutput(output, Math.Max(0, gold.Count - 1), string.Empty))])],
            Gold = gold,
            InitialHash = initial,
            GoldHash = session.StateHash,
        };
    }

    private EpisodeRecord Convert(JsonElement row, TaskSpec task, string variant)
    {
        var session = environment.Open();
        var package = environment.Environment.Package;
        var messages = new List<EpisodeMessage> { new("system", package.Policy), new("user", task.Requests[0].Text) };
        var calls = new List<RecordedCall>();
        var transferred = false;
        foreach (var (i, action) in row.Required("actions", JsonValueKind.Array).EnumerateArray().Index())
        {
            if (transferred)
            {
                break;
            }

            var name = action.Text("name") ?? throw new FormatException("expected an action with the field 'name'");
            var arguments = action.Required("kwargs", JsonValueKind.Object);
            if (name == TauBenchAction.Respond)
            {
                messages.Add(new EpisodeMessage("assistant", arguments.Text("content")));
                messages.Add(new EpisodeMessage("user", UnrecordedReply));
                continue;
            }

            var id = string.Create(CultureInfo.InvariantCulture, $"call-{i}");
            var result = session.Call(name, arguments);
            calls.Add(new RecordedCall(id, name, arguments, result.Content, result.IsError, result.ErrorCode, result.RowsChanged, session.StateHash));
            messages.Add(new EpisodeMessage("assistant", null, [new EpisodeToolCall(id, name, arguments)]));
            messages.Add(new EpisodeMessage("tool", result.Content, ToolCallId: id, Name: name));
            transferred = name == TauBenchDomain.TransferTool;
        }

        // A transfer ends the conversation there and then; with us somebody says so.
        var stop = row.Optional("last_user_reply", JsonValueKind.String, JsonValueKind.Null)?.GetString();
        if (transferred)
        {
            messages.Add(new EpisodeMessage("assistant", "You are being transferred."));
            messages.Add(new EpisodeMessage("user", StopMarkers.Transfer));
        }
        else if (messages[^1].Role == "user" && stop is not null)
        {
            messages[^1] = new EpisodeMessage("user", stop);
        }

        return new EpisodeRecord
        {
            Id = ContentId.Of("episode", task.Id, variant, row.GetRawText()),
            Task = task.Id,
            Environment = package.Id,
            Trial = 0,
            Seed = TauBenchData.Benchmark,
            Generator = Generator,
            Messages = messages,
            Calls = calls,
            Termination = StopMarkers.Find(messages[^1].Content ?? string.Empty) is null ? Termination.MaximumSteps : Termination.UserStop,
            FinalHash = session.StateHash,
            Faults = [],
        };
    }
}
