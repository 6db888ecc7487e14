using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Tasks;

namespace AgentScaler.Campaigns.Rescoring;

/// <summary>Whether a stored task is still one of its package: its gold, executed again, gives the states and results that the task records.</summary>
internal static class TaskProof
{
    /// <summary>What is not as recorded; null if all is.</summary>
    public static string? Fault(TaskSpec task, LoadedEnvironment environment, EnvironmentEngine engine)
    {
        if (task.Environment != environment.Package.Id)
        {
            return $"expected a task of {environment.Package.Id}, found one of {task.Environment}";
        }

        if (task.Gold.FirstOrDefault(call => environment.Package.Tools.All(tool => tool.Name != call.Tool)) is { } unknown)
        {
            return $"the package has no tool {unknown.Tool} any more";
        }

        try
        {
            return FreshAttempts.Run(() => Difference(task, environment, engine));
        }
        catch (Exception e) when (e is ArgumentException or EpisodeAbortedException)
        {
            return $"its gold can't be executed any more: {e.Message}";
        }
    }

    private static string? Difference(TaskSpec task, LoadedEnvironment environment, EnvironmentEngine engine)
    {
        var session = engine.Open(environment, new Seed(task.Seed), task.InitialChanges);
        if (session.StateHash != task.InitialHash)
        {
            return "the package changed since: the task's initial state is another";
        }

        for (var i = 0; i < task.Gold.Count; i++)
        {
            if (session.Call(task.Gold[i].Tool, task.Gold[i].Arguments).Content != task.Gold[i].Result)
            {
                return $"the package changed since: gold call {i} ({task.Gold[i].Tool}) gives another result";
            }
        }

        return session.StateHash == task.GoldHash ? null : "the package changed since: gold leaves another state";
    }
}
