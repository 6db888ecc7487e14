using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Replay;
using AgentScaler.Json;

namespace AgentScaler.Episodes;

/// <summary>
/// Replays rows recorded on a package of ours: <c>{"id", "seed", "initial"?: [{"collection", "key", "row"}], "calls": [{"tool", "arguments", "result"?,
/// "isError"?, "errorCode"?, "rowsChanged"?, "stateHash"?}], "finalHash"?, "diff"?}</c>, the calls as in an episode's record. What is not recorded is not compared.
/// </summary>
public sealed class PackageReplay(LoadedEnvironment environment, EnvironmentEngine engine) : IRowReplay
{
    /// <inheritdoc/>
    public RowOutcome Run(JsonElement row)
    {
        var calls = row.Required("calls", JsonValueKind.Array);
        var session = Open(row);
        var differences = new List<string>();
        var number = 0;
        foreach (var call in calls.EnumerateArray())
        {
            var tool = call.Text("tool") ?? throw new FormatException($"call {number}: expected the field 'tool'");
            var result = session.Call(tool, call.Required("arguments", JsonValueKind.Object));
            Compare(differences, $"call {number} ({tool})", call, result, session);
            number++;
        }

        if (row.Text("finalHash") is { } hash && hash != session.StateHash)
        {
            differences.Add($"final state hash: recorded {hash}, found {session.StateHash}");
        }

        if (row.Optional("diff") is { } diff)
        {
            differences.AddRange(RecordedDifferences.Compare(diff, session.Differences));
        }

        return new RowOutcome(row.Text("id") ?? "row", number, differences);
    }

    private static void Compare(List<string> differences, string place, JsonElement call, ToolResult result, EnvironmentSession session)
    {
        Add("result", call.Text("result"), result.Content);
        Add("error flag", call.Flag("isError")?.ToString(), result.IsError.ToString());
        Add("error code", call.Text("errorCode"), result.ErrorCode ?? "none");
        Add("rows changed", call.Optional("rowsChanged", JsonValueKind.Number)?.GetRawText(), $"{result.RowsChanged}");
        Add("state hash", call.Text("stateHash"), session.StateHash);

        void Add(string what, string? recorded, string found)
        {
            if (recorded is not null && recorded != found)
            {
                differences.Add($"{place}: {what}: recorded {recorded}, found {found}");
            }
        }
    }

    private EnvironmentSession Open(JsonElement row)
    {
        var seed = new Seed(row.Text("seed") ?? "1/replay");
        try
        {
            var initial = row.Optional("initial", JsonValueKind.Array)?.Deserialize<IReadOnlyList<RowChange>>(ArtifactJson.Options);
            return engine.Open(environment, seed, initial);
        }
        catch (Exception e) when (e is ArgumentException or JsonException)
        {
            throw new FormatException("field 'initial': " + e.Message, e);
        }
    }
}
