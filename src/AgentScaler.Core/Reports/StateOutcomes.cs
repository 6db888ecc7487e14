using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Tasks;

namespace AgentScaler.Reports;

/// <summary>
/// What gold and episodes changed, row by row. Records hold hashes, not rows, so calls are made again on fresh sessions: gold's once a task, an episode's only
/// where it ended in another state than gold. What they lead to is believed only where its hash is the recorded one.
/// </summary>
internal sealed class StateOutcomes(EnvironmentEngine engine, EnvironmentPackage package)
{
    private readonly Lazy<LoadedEnvironment> environment = new(() => LoadedEnvironment.Load(package));

    /// <summary>What gold changes; null if its calls do not lead to the recorded state again.</summary>
    public IReadOnlyList<StateDifference>? OfGold(TaskSpec task) => Replay(task, task.Gold.Select(call => (call.Tool, call.Arguments)), null, task.GoldHash);

    /// <summary>What an episode changed; null if its calls do not lead to the recorded state again.</summary>
    public IReadOnlyList<StateDifference>? Of(EpisodeRecord episode, TaskSpec task) =>
        Replay(task, episode.Calls.Select(call => (call.Tool, call.Arguments)), episode.ToolFault, episode.FinalHash);

    private IReadOnlyList<StateDifference>? Replay(TaskSpec task, IEnumerable<(string Tool, JsonElement Arguments)> calls, ToolFault? fault, string hash)
    {
        var failures = new ToolFaultCounter(fault);
        var session = engine.Open(environment.Value, new Seed(task.Seed), task.InitialChanges);
        try
        {
            foreach (var (tool, arguments) in calls)
            {
                if (failures.Next(tool) is null)
                {
                    session.Call(tool, arguments);
                }
            }
        }
        catch (EpisodeAbortedException)
        {
            // Limits of time and memory depend on the machine: then the report says that the rows are not known.
            return null;
        }

        return session.StateHash == hash ? session.Differences : null;
    }
}
