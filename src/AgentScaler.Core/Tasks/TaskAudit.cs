using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Tasks.Verification;

namespace AgentScaler.Tasks;

/// <summary>
/// Audits a task before use (pipeline.md, stage 4): gold replays twice to the same hash, the task is coherent as it is written down, and the verifier
/// rejects every change of gold that matters and none that does not.
/// </summary>
internal sealed class TaskAudit(EnvironmentEngine engine, LoadedEnvironment environment, IOutcomeJudge judge)
{
    private readonly VerifierAudit verifier = new(judge);

    /// <summary>Checks a task.</summary>
    /// <returns>A reason of <see cref="TaskReasons"/>, or null if the task is sound; with what the verifier said, if it came to that.</returns>
    public (string? Reason, TaskVerification? Verification) Check(TaskSpec task)
    {
        if ((Replay(task) ?? Proof(task) ?? TaskCoherence.Check(task, environment.Package)) is { } fault)
        {
            return (fault, null);
        }

        var audited = new AuditedTask(task, environment.Package, () => Open(task), snapshot => engine.Resume(environment, snapshot));
        if (!audited.IsGold)
        {
            return (TaskReasons.DoesNotReplay, null);
        }

        var verification = verifier.Run(audited);
        return (verification.Reason, verification);
    }

    private string? Replay(TaskSpec task)
    {
        var session = Open(task);
        if (session.StateHash != task.InitialHash)
        {
            return TaskReasons.DoesNotReplay;
        }

        foreach (var call in task.Gold)
        {
            var before = session.StateHash;
            if (session.Call(call.Tool, call.Arguments) is not { IsError: false } result || result.Content != call.Result)
            {
                return TaskReasons.DoesNotReplay;
            }

            if ((session.StateHash != before) != call.Writes)
            {
                return TaskReasons.WrongMark;
            }
        }

        return session.StateHash == task.GoldHash ? null : TaskReasons.DoesNotReplay;
    }

    private static string? Proof(TaskSpec task)
    {
        var writes = task.Gold.Any(call => call.Writes);
        return writes && task.IsReadOnly ? TaskReasons.UndoesItself
            : !writes && !task.Abstains && task.Requests.All(request => request.RequiredOutputs.Count == 0) ? TaskReasons.ProvesNothing
            : null;
    }

    private EnvironmentSession Open(TaskSpec task) => engine.Open(environment, new Seed(task.Seed), task.InitialChanges);
}
