using System.Collections.Concurrent;
using System.Text.Json;
using AgentScaler.Environments.Engine;

namespace AgentScaler.Benchmarks.TauBench;

/// <summary>Scores conversations as <c>Env.calculate_reward</c> does (tau_bench/envs/base.py): the state must equal gold's, and the required texts must have been said.</summary>
public sealed class TauBenchScorer(TauBenchEnvironment environment)
{
    private readonly ConcurrentDictionary<string, (string StateHash, string Official)> gold = new(StringComparer.Ordinal);

    /// <summary>Scores a conversation that has ended.</summary>
    /// <param name="session">The environment as the agent left it.</param>
    /// <param name="actions">What the agent did and said.</param>
    public TauBenchReward Score(TauBenchTask task, EnvironmentSession session, IReadOnlyList<TauBenchAction> actions)
    {
        var (stateHash, official) = gold.GetOrAdd(task.Id, _ => Gold(task));

        // Equal state hashes are equal states; else the benchmark's own hash decides, which takes {} for [].
        var right = session.StateHash == stateHash || environment.Official.Of(session) == official;
        var said = actions.Where(action => action.Name == TauBenchAction.Respond).Select(Content).ToList();
        var outputs = task.Outputs.Distinct().ToDictionary(
            output => output,
            output => said.Exists(content => content.Contains(output.ToLowerInvariant(), StringComparison.Ordinal)),
            StringComparer.Ordinal);
        return new TauBenchReward(right && outputs.Values.All(found => found) ? 1 : 0, right, official, outputs.Count == 0 ? null : outputs);
    }

    /// <summary>Replays gold; a call of it that fails is passed over, as the benchmark does.</summary>
    private (string StateHash, string Official) Gold(TauBenchTask task)
    {
        var session = environment.Open();
        foreach (var action in task.Actions.Where(action => action.Name != TauBenchDomain.TransferTool && action.Name != TauBenchAction.Respond))
        {
            session.Call(action.Name, action.Arguments);
        }

        return (session.StateHash, environment.Official.Of(session));
    }

    /// <summary>What was said, as the benchmark searches it: thousands separators are taken out of the answer, but not of the text required.</summary>
    private static string Content(TauBenchAction action) =>
        action.Arguments.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String
            ? content.GetString()!.ToLowerInvariant().Replace(",", "", StringComparison.Ordinal)
            : "";
}
