using AgentScaler.Determinism;

namespace AgentScaler.Tasks.Coverage;

/// <summary>
/// Draws which of an environment's tasks shall be of a kind: each with the share that is still missing among those still to be made (selection sampling), so that the quota is met in the end
/// wherever the environment gives that, and no kind goes with another.
/// </summary>
/// <param name="wanted">Tasks wanted of the kind.</param>
internal sealed class DrawnQuota(int wanted)
{
    /// <summary>Proposals in a row that come to nothing before the environment is taken not to give the kind.</summary>
    private const int MostFailures = 12;

    private int kept;
    private int failures;

    /// <summary>Tasks of the kind that are still to be made; none where the environment is taken not to give it.</summary>
    public int Missing => failures < MostFailures ? Math.Max(0, wanted - kept) : 0;

    /// <summary>Whether the next task should be of the kind.</summary>
    /// <param name="left">Tasks still to be made, among which those that are missing have to be.</param>
    public bool IsDue(int left, SeededRandom random) => Missing > 0 && random.Chance(Missing / (double)Math.Max(1, left));

    /// <summary>Takes note of what became of a proposal.</summary>
    /// <param name="wasDue">Whether it should have been of the kind.</param>
    /// <param name="isKept">Whether a task of the kind was kept.</param>
    public void Tried(bool wasDue, bool isKept)
    {
        kept += isKept ? 1 : 0;
        failures = isKept ? 0 : wasDue ? failures + 1 : failures;
    }
}
