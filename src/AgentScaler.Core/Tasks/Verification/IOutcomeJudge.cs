using AgentScaler.Environments.Packages;

namespace AgentScaler.Tasks.Verification;

/// <summary>Decides whether what an agent did serves a task: what the audit of a task puts to the test. The funnel implements it by the very verdict it judges episodes by.</summary>
public interface IOutcomeJudge
{
    /// <summary>The ways in which an outcome of this task can be judged, strictest first; one where gold writes, because then the state decides.</summary>
    IReadOnlyList<JudgeMode> ModesFor(TaskSpec task);

    /// <summary>Whether an outcome passes every stage that looks at outcomes: state, calls where gold changes nothing, required outputs.</summary>
    bool Accepts(TaskSpec task, EnvironmentPackage package, TrialOutcome outcome, JudgeMode mode);
}
