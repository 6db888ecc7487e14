namespace AgentScaler.Tasks.Coverage;

/// <summary>
/// Keeps room for tasks of the shapes wanted (<see cref="TaskSettings.MergeShare"/>, <see cref="TaskSettings.BranchShare"/>): where no more tasks are wanted than are missing of a shape,
/// others make way, until the environment is taken not to give it.
/// </summary>
internal sealed class ShapeQuota(TaskSettings settings)
{
    /// <summary>Tasks in a row that make way in vain before the environment is taken not to give the shapes.</summary>
    private const int MostMisses = 12;

    private readonly Dictionary<string, int> missing = new(StringComparer.Ordinal) { [TaskKinds.Merge] = settings.MergeQuota, [TaskKinds.Branch] = settings.BranchQuota };
    private int misses;

    /// <summary>Whether the next task should be of a shape.</summary>
    /// <param name="left">Tasks still wanted.</param>
    public bool IsWanted(string shape, int left) => IsShort(left) && missing[shape] > 0;

    /// <summary>Whether a task must make way for others.</summary>
    /// <param name="left">Tasks still wanted, this one included.</param>
    public bool MakesWay(TaskSpec task, int left)
    {
        if (!IsShort(left) || TaskKinds.Of(task, settings).Any(kind => missing.GetValueOrDefault(kind) > 0))
        {
            return false;
        }

        misses++;
        return true;
    }

    /// <summary>Counts a task that is kept.</summary>
    public void Add(TaskSpec task)
    {
        foreach (var kind in TaskKinds.Of(task, settings).Where(missing.ContainsKey).ToList())
        {
            missing[kind]--;
            misses = 0;
        }
    }

    /// <summary>Whether all that is left is needed for the shapes, as long as the environment is not taken to give none.</summary>
    private bool IsShort(int left) => misses < MostMisses && missing.Values.Sum(count => Math.Max(0, count)) is > 0 and var needed && left <= needed;
}
