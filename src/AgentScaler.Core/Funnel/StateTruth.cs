using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes;
using AgentScaler.Json;
using AgentScaler.Tasks;

namespace AgentScaler.Funnel;

/// <summary>
/// The ground truth that the funnel is measured against, found without the recorded hashes it judges by: gold's and the episode's calls are made again
/// on fresh sessions, and the rows they leave are compared one by one.
/// </summary>
public sealed class StateTruth(EnvironmentEngine engine, LoadedEnvironment environment)
{
    /// <summary>Whether an episode's calls leave other rows than gold's.</summary>
    /// <exception cref="EpisodeAbortedException">A call hit a limit of the runtime.</exception>
    public bool Differs(EpisodeRecord episode, TaskSpec task) => !Rows(task, episode.Calls.Select(call => (call.Tool, call.Arguments)))
        .SequenceEqual(Rows(task, task.Gold.Select(call => (call.Tool, call.Arguments))), StringComparer.Ordinal);

    private List<string> Rows(TaskSpec task, IEnumerable<(string Tool, JsonElement Arguments)> calls)
    {
        var session = engine.Open(environment, new Seed(task.Seed), task.InitialChanges);
        foreach (var (tool, arguments) in calls)
        {
            session.Call(tool, arguments);
        }

        return [.. session.Changes.Select(CanonicalJson.Serialize)];
    }
}
