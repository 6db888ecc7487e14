using System.Text.Json;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Replay;
using AgentScaler.Json;

namespace AgentScaler.Benchmarks.TauBench;

/// <summary>
/// Replays what the official implementation recorded: gold sequences (<c>steps</c> and <c>final</c>), single calls made wrong (<c>setup</c> and <c>call</c>),
/// scored conversations (<c>task</c> and <c>actions</c>). Where the authors' code raised (<c>exc</c>) only the fact is compared: the text is Python's.
/// </summary>
public sealed class TauBenchReplay(TauBenchEnvironment environment, TauBenchData data) : IRowReplay
{
    private const string Stop = "###STOP###";

    private readonly TauBenchScorer scorer = new(environment);
    private readonly Dictionary<string, IReadOnlyDictionary<string, TauBenchTask>> tasks = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public RowOutcome Run(JsonElement row)
    {
        if (row.Optional("steps", JsonValueKind.Array) is { } steps)
        {
            return RunSteps(row, steps);
        }

        if (row.Optional("call", JsonValueKind.Object) is { } call)
        {
            return RunCall(row, call);
        }

        return row.Optional("actions", JsonValueKind.Array) is { } actions
            ? RunScored(row, actions)
            : throw new FormatException("expected one of the fields 'steps', 'call', 'actions'");
    }

    private RowOutcome RunSteps(JsonElement row, JsonElement steps)
    {
        var differences = new List<string>();
        var session = environment.Open();
        var number = 0;
        foreach (var step in steps.EnumerateArray())
        {
            differences.AddRange(Step(session, step, step).Select(difference => $"step {number}: {difference}"));
            number++;
        }

        var final = row.Required("final", JsonValueKind.Object);
        Compare(differences, "final official hash", final.Text("official_hash"), environment.Official.Of(session));
        Compare(differences, "final canonical hash", final.Text("canon_sha256"), environment.Canonical.Of(session));
        Compare(differences, "final loose canonical hash", final.Text("canon_loose_sha256"), environment.CanonicalLoose.Of(session));
        if (final.Optional("diff") is { } diff)
        {
            differences.AddRange(RecordedDifferences.Compare(diff, session.Differences));
        }

        return new RowOutcome(Id(row), number, differences);
    }

    private RowOutcome RunCall(JsonElement row, JsonElement call)
    {
        var session = environment.Open();
        var calls = 1;
        foreach (var before in row.Required("setup", JsonValueKind.Array).EnumerateArray())
        {
            var action = Action(before);
            session.Call(action.Name, action.Arguments);
            calls++;
        }

        var start = session.Changes;
        var differences = Step(session, call, row).ToList();
        if (row.Optional("diff") is { } diff)
        {
            differences.AddRange(RecordedDifferences.Compare(diff, session.DifferencesFrom(start)));
        }

        return new RowOutcome(Id(row), calls, differences);
    }

    private RowOutcome RunScored(JsonElement row, JsonElement actions)
    {
        var id = row.Text("task") ?? throw new FormatException("expected the field 'task'");
        var outcome = $"{id} {row.Text("variant")}".TrimEnd();
        if (Task(id) is not { } task)
        {
            return new RowOutcome(outcome, 0, [$"there is no such task in {data.Folder.Path}"]);
        }

        var session = environment.Open();
        var done = new List<TauBenchAction>();
        var all = actions.EnumerateArray().Select(Action).ToList();
        var last = all.FindLastIndex(action => action.Name == TauBenchAction.Respond);
        var ended = false;
        for (var i = 0; i < all.Count && !ended; i++)
        {
            done.Add(all[i]);
            if (all[i].Name == TauBenchAction.Respond)
            {
                ended = i == last && row.Optional("last_user_reply", JsonValueKind.String, JsonValueKind.Null)?.GetString()?.Contains(Stop, StringComparison.Ordinal) == true;
                continue;
            }

            session.Call(all[i].Name, all[i].Arguments);
            ended = all[i].Name == TauBenchDomain.TransferTool;
        }

        var found = ended ? scorer.Score(task, session, done) : TauBenchReward.NotDone;
        var differences = new List<string>();
        Compare(differences, "reward", Number(row.Required("reward", JsonValueKind.Number)), Number(JsonSerializer.SerializeToElement(found.Reward)));
        if (row.Optional("info", JsonValueKind.Object, JsonValueKind.Null) is { ValueKind: JsonValueKind.Object } info)
        {
            Compare(differences, "gold hash", info.Text("gt_data_hash"), found.GoldHash ?? "none");
            Compare(differences, "actions right", info.Optional("r_actions") is { } right ? Number(right) : null, found.ActionsRight == true ? "1" : "0");
            Compare(differences, "outputs", info.Optional("outputs") is { } outputs ? CanonicalJson.Write(outputs) : null, CanonicalJson.Serialize(found.Outputs ?? new Dictionary<string, bool>()));
        }

        return new RowOutcome(outcome, done.Count, differences);
    }

    /// <summary>Makes one call and compares it with what was recorded of it.</summary>
    private static IEnumerable<string> Step(EnvironmentSession session, JsonElement call, JsonElement recorded)
    {
        var differences = new List<string>();
        var action = Action(call);
        var result = session.Call(action.Name, action.Arguments);
        Compare(differences, "error flag", recorded.Flag("error")?.ToString(), result.IsError.ToString());

        // The official files call another order of keys a change, as the database's text does; the state hash does not.
        Compare(differences, "database changed", recorded.Flag("db_changed")?.ToString(), (result.RowsChanged > 0).ToString());
        var raised = recorded.Optional("exc", JsonValueKind.String, JsonValueKind.Null) is { ValueKind: JsonValueKind.String };
        if (!raised && recorded.Optional("observation") is { } observation)
        {
            var wanted = observation.ValueKind == JsonValueKind.String ? observation.GetString()! : observation.GetRawText();
            var found = Observation.Of(action, result);
            if (wanted != found && !SameJson(wanted, found))
            {
                Compare(differences, "result", wanted, found);
            }
        }

        return differences.Select(difference => $"{action.Name}: {difference}");
    }

    private static bool SameJson(string left, string right)
    {
        try
        {
            return CanonicalJson.Rewrite(left, NumberForm.Typed) == CanonicalJson.Rewrite(right, NumberForm.Typed);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private TauBenchTask? Task(string id)
    {
        var split = id.Split('/') is [_, _, var name, _] ? name : throw new FormatException($"field 'task': expected {TauBenchData.Benchmark}/domain/split/index, found '{id}'");
        if (!tasks.TryGetValue(split, out var known))
        {
            tasks[split] = known = data.ReadTasks(split);
        }

        return known.GetValueOrDefault(id);
    }

    private static TauBenchAction Action(JsonElement call) =>
        new(call.Text("name") ?? throw new FormatException("expected a call with the field 'name'"), call.Required("kwargs", JsonValueKind.Object));

    private static string Id(JsonElement row) => row.Text("id") ?? "row";

    /// <summary>A number or truth value as a number: the official files hold <c>true</c> and <c>1.0</c> for the same.</summary>
    private static string Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        _ => CanonicalJson.Write(value),
    };

    private static void Compare(List<string> differences, string what, string? recorded, string found)
    {
        if (recorded is not null && recorded != found)
        {
            differences.Add($"{what}: recorded {Short(recorded)}, found {Short(found)}");
        }
    }

    private static string Short(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
