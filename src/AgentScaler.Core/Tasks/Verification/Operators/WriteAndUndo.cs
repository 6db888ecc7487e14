using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;

namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>At the end stands a write that nobody asked for, then one that undoes it: where gold only reads that must not slip through.</summary>
internal sealed class WriteAndUndo : IMutationOperator
{
    /// <summary>Writes that it is tried to undo where that must not pass; each costs some calls, and elsewhere it makes no difference.</summary>
    private const int Tries = 4;

    /// <inheritdoc/>
    public string Name => "write-and-undo";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task)
    {
        EnvironmentSession? gold = null;
        foreach (var write in task.SpareWrites().Take(task.Task.IsReadOnly ? Tries : 1))
        {
            gold ??= task.AfterGold();
            var session = task.AfterGold();
            session.Call(write.Tool, write.Arguments);
            if (Undoing.Of(task.Package, task.ToolOf(write), gold, session).Select(call => new TrialStep(null, call.Tool.Name, call.ToJson())).FirstOrDefault(undo => Undoes(task, write, undo)) is { } undoing)
            {
                yield return new Mutant([.. task.Gold, write, undoing], task.Outputs);
            }
        }
    }

    private static bool Undoes(AuditedTask task, TrialStep write, TrialStep undo)
    {
        var trial = task.AfterGold();
        trial.Call(write.Tool, write.Arguments);
        trial.Call(undo.Tool, undo.Arguments);
        return trial.StateHash == task.Task.GoldHash;
    }
}
