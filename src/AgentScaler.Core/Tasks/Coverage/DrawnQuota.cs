using AgentScaler.Determinism;

namespace AgentScaler.Tasks.Coverage;

/// <summary>
/// Draws which of an environment's tasks shall be of a kind: each with the share that is still missing among those still to be made (selection sampling), so that the quota is met in the end
/// wherever the environment gives that, and no kind goes with another.
/// </summary>
/// <param name="wanted">Tasks wanted of the kind.</param>
/// <param name="tasks">Tasks wanted in all.</param>
internal sealed class DrawnQuota(int wanted, int tasks)
{
    /// <summary>Proposals in a row that come to nothing before the environment is taken not to give the kind.</summary>
    private const int MostFailures = 12;

    private int kept;
    private int failures;

    /// <summary>Whether the next task should be of the kind; never where the environment is taken not to give it.</summary>
    /// <param name="made">Tasks of all kinds kept so far.</param>
    public bool IsDue(int made, SeededRandom random) => failures < MostFailures && IsDrawn(made, random);

    /// <summary>Whether the next task should be of the kind, whatever came of the proposals before.</summary>
    public bool IsDrawn(int made, SeededRandom random) => kept < wanted && random.Chance((wanted - kept) / (double)Math.Max(1, tasks - made));

    /// <summary>Whether not all tasks that are still to be made have to be of the kind.</summary>
    public bool LeavesRoom(int made) => wanted - kept < tasks - made;

    /// <summary>Takes note of what became of a proposal.</summary>
    /// <param name="wasDue">Whether it should have been of the kind.</param>
    /// <param name="isKept">Whether a task of the kind was kept.</param>
    public void Tried(bool wasDue, bool isKept)
    {
        kept += isKept ? 1 : 0;
        failures = isKept ? 0 : wasDue ? failures + 1 : failures;
    }
}
