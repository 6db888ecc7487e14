using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes;
using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Json;
using AgentScaler.Tasks;

namespace AgentScaler.Funnel;

/// <summary>
/// The ground truth that the funnel is measured against, found without the recorded hashes it judges by: gold's and the episode's calls are made again
/// on fresh sessions, and the rows they leave are compared one by one.
/// </summary>
public sealed class StateTruth(EnvironmentEngine engine, LoadedEnvironment environment)
{
    /// <summary>Episodes come task by task: gold's rows are found once for all of a task's.</summary>
    private GoldRows? last;

    /// <summary>Whether an episode's calls leave other rows than gold's.</summary>
    /// <exception cref="EpisodeAbortedException">Every attempt hit a limit of the runtime.</exception>
    public bool Differs(EpisodeRecord episode, TaskSpec task)
    {
        var rows = Rows(task, episode.Calls.Select(call => (call.Tool, call.Arguments)), episode.ToolFault);
        return !IsGold(TaskUnderFault.Of(task, episode.ToolFault)) && (episode.ToolFault is not { IsTransient: false } || !IsGold(task));

        bool IsGold(TaskSpec right) => rows.SequenceEqual(ReferenceEquals(right, task) ? Gold(task) : Rows(right, right.Gold.Select(call => (call.Tool, call.Arguments)), null), StringComparer.Ordinal);
    }

    private List<string> Gold(TaskSpec task)
    {
        last = last is { } known && ReferenceEquals(known.Task, task) ? known : new GoldRows(task, Rows(task, task.Gold.Select(call => (call.Tool, call.Arguments)), null));
        return last.Rows;
    }

    private List<string> Rows(TaskSpec task, IEnumerable<(string Tool, JsonElement Arguments)> calls, ToolFault? fault) => FreshAttempts.Run(() =>
    {
        var failures = new ToolFaultCounter(fault);
        var session = engine.Open(environment, new Seed(task.Seed), task.InitialChanges);
        foreach (var (tool, arguments) in calls)
        {
            if (failures.Next(tool) is null)
            {
                session.Call(tool, arguments);
            }
        }

        return session.Changes.Select(CanonicalJson.Serialize).ToList();
    });

    private sealed record GoldRows(TaskSpec Task, List<string> Rows);
}
