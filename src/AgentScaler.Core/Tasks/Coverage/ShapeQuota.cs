namespace AgentScaler.Tasks.Coverage;

/// <summary>
/// Keeps room for tasks of the shapes wanted (<see cref="TaskSettings.MergeShare"/>, <see cref="TaskSettings.BranchShare"/>): where no more tasks are wanted than are missing of a shape,
/// others make way, until the environment is taken not to give it.
/// </summary>
internal sealed class ShapeQuota(TaskSettings settings)
{
    /// <summary>Tasks in a row that make way in vain before the environment is taken not to give a shape.</summary>
    private const int MostMisses = 24;

    private readonly Shape[] shapes = [new(TaskKinds.Merge, settings.MergeQuota), new(TaskKinds.Branch, settings.BranchQuota)];

    /// <summary>Whether a task must make way for others.</summary>
    /// <param name="left">Tasks still wanted, this one included.</param>
    public bool MakesWay(TaskSpec task, int left)
    {
        var kinds = TaskKinds.Of(task, settings).ToHashSet(StringComparer.Ordinal);
        var wanted = shapes.FirstOrDefault(shape => shape.Missing >= left && shape.Missing > 0 && shape.Misses < MostMisses && !kinds.Contains(shape.Kind));
        if (wanted is not null)
        {
            wanted.Misses++;
        }

        return wanted is not null;
    }

    /// <summary>Counts a task that is kept.</summary>
    public void Add(TaskSpec task)
    {
        var kinds = TaskKinds.Of(task, settings).ToHashSet(StringComparer.Ordinal);
        foreach (var shape in shapes.Where(shape => kinds.Contains(shape.Kind)))
        {
            shape.Missing--;
            shape.Misses = 0;
        }
    }

    private sealed class Shape(string kind, int missing)
    {
        public string Kind => kind;

        public int Missing { get; set; } = missing;

        public int Misses { get; set; }
    }
}
