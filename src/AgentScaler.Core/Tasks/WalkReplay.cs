using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Tasks;

/// <summary>Makes a walk again on another initial state, which holds rows that could be mistaken for those the walk is about: the same calls, results and words anew.</summary>
internal sealed class WalkReplay(EnvironmentPackage package, EnvironmentSession session, Seed intent)
{
    private readonly List<PlannedCall> made = [];

    /// <summary>Makes the walk; null if a call fails there, or the words would no longer say which row is meant.</summary>
    public IReadOnlyList<(PlannedRequest Planned, UserRequest Spoken)>? Make(IReadOnlyList<(PlannedRequest Planned, UserRequest Spoken)> walk)
    {
        var writer = new IntentWriter(package, intent);
        var before = walk.SelectMany(request => request.Planned.Calls).ToList();
        var requests = new List<(PlannedRequest Planned, UserRequest Spoken)>();
        foreach (var (planned, _) in walk)
        {
            foreach (var call in planned.Calls)
            {
                var origins = call.Arguments.Zip(call.Origins).Select(pair => Moved(pair.First, pair.Second, before, planned.FirstCall)).ToList();
                var hash = session.StateHash;
                if (origins.Contains(null) || (call.Lookup && !LookupFinder.NamesOne(session, call.Tool, call.Arguments)) || session.Call(call.Tool.Name, call.ToJson()) is not { IsError: false } result || (session.StateHash != hash) != call.Writes)
                {
                    return null;
                }

                made.Add(call with { Origins = [.. origins.Select(origin => origin!)], Result = result.Content });
            }

            var again = new PlannedRequest(planned.FirstCall, made.GetRange(planned.FirstCall, planned.Calls.Count));
            if (writer.Write(again) is not { } spoken)
            {
                return null;
            }

            requests.Add((again, spoken));
        }

        return requests;
    }

    /// <summary>The origin with the place where its row stands now; null if it stands nowhere, or is no longer the one that an earlier result showed.</summary>
    private ArgumentOrigin? Moved(SampledArgument argument, ArgumentOrigin origin, List<PlannedCall> before, int firstCall)
    {
        if (origin.Step is not { } step)
        {
            return origin;
        }

        using var old = JsonDocument.Parse(before[step].Result);
        using var now = JsonDocument.Parse(made[step].Result);
        var tool = before[step].Tool;
        var (rowsBefore, rowsNow) = (KnownRows.RowsOf(tool, old.RootElement, int.MaxValue).ToList(), KnownRows.RowsOf(tool, now.RootElement, int.MaxValue).ToList());
        if (step < firstCall && rowsBefore.Count != rowsNow.Count)
        {
            return null;
        }

        var (path, row) = rowsBefore.FirstOrDefault(row => KnownRows.Holds(row.Path, origin.Path!));
        if (row.ValueKind != JsonValueKind.Object)
        {
            return ResultPath.Find(now.RootElement, origin.Path!) is { } same && JsonElement.DeepEquals(same, argument.Value) ? origin : null;
        }

        var property = origin.Path == path ? ToolBinding.Itself : origin.Path![(path.Length == 0 ? 0 : path.Length + 1)..];
        var key = tool.Binding.ResultFields.FirstOrDefault(field => field.Value == package.Schema.Find(tool.Binding.Collection)!.Key).Key;
        var found = key is null || !row.TryGetProperty(key, out var id) ? rowsNow.FirstOrDefault(other => other.Path == path)
            : rowsNow.FirstOrDefault(other => other.Row.TryGetProperty(key, out var same) && JsonElement.DeepEquals(id, same));
        return found.Row.ValueKind == JsonValueKind.Object && (property == ToolBinding.Itself ? found.Row.GetProperty(property) : ResultPath.Find(found.Row, property)) is { } value && StoredKey.Of(value) == StoredKey.Of(argument.Value)
            ? origin with { Path = ShownRows.PathOf(found.Path, property) }
            : null;
    }
}
