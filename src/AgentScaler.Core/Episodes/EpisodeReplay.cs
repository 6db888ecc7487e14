using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Tasks;

namespace AgentScaler.Episodes;

/// <summary>Makes the recorded calls of an episode again on a fresh environment and compares what comes back.</summary>
public static class EpisodeReplay
{
    /// <summary>The differences, one a line; empty if every result and state hash is as recorded.</summary>
    public static IReadOnlyList<string> Run(EpisodeRecord episode, TaskSpec task, LoadedEnvironment environment, EnvironmentEngine engine)
    {
        var differences = new List<string>();
        var session = engine.Open(environment, new Seed(task.Seed), task.InitialChanges);
        var failures = new ToolFaultCounter(episode.ToolFault);
        for (var i = 0; i < episode.Calls.Count; i++)
        {
            var recorded = episode.Calls[i];
            var result = failures.Next(recorded.Tool) ?? session.Call(recorded.Tool, recorded.Arguments);
            Compare($"call {i} ({recorded.Tool}) result", recorded.Result, result.Content);
            Compare($"call {i} ({recorded.Tool}) error code", recorded.ErrorCode ?? "none", result.ErrorCode ?? "none");
            Compare($"call {i} ({recorded.Tool}) rows changed", $"{recorded.RowsChanged}", $"{result.RowsChanged}");
            Compare($"call {i} ({recorded.Tool}) state hash", recorded.StateHash, session.StateHash);
        }

        Compare("final state hash", episode.FinalHash, session.StateHash);
        return differences;

        void Compare(string what, string recorded, string found)
        {
            if (recorded != found)
            {
                differences.Add($"{episode.Id}: {what}: recorded {Short(recorded)}, found {Short(found)}");
            }
        }
    }

    private static string Short(string text) => text.Length <= 120 ? text : text[..120] + "…";
}
