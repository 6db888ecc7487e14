using AgentScaler.Determinism;
using AgentScaler.Environments.Packages;
using AgentScaler.Tasks.Abstention;

namespace AgentScaler.Tasks.Coverage;

/// <summary>The kinds of tasks that an environment should give (<see cref="TaskSettings"/>), what it gave of them, and so what the next task should be.</summary>
/// <param name="tools">Tools that walks can be made of.</param>
internal sealed class TaskQuotas(TaskSettings settings, EnvironmentPackage package, IReadOnlyList<PackageTool> tools)
{
    private readonly AbstentionQuota abstentions = new(settings, package, tools);
    private readonly ShapeQuota shapes = new(settings);
    private readonly Dictionary<string, DrawnQuota> drawn = new(StringComparer.Ordinal)
    {
        [TaskKinds.Reads] = new(settings.ReadOnlyQuota),
        [TaskKinds.Conditional] = new(settings.ConditionalQuota),
        [TaskKinds.Long] = new(settings.LongQuota),
        [TaskKinds.Correction] = new(settings.CorrectionQuota),
    };

    /// <summary>What the next proposal should become.</summary>
    /// <param name="made">Tasks kept so far, fewer than wanted.</param>
    public TaskAim Next(int made, Seed seed)
    {
        var left = settings.PerEnvironment - made;
        var abstaining = abstentions.Next(left, seed.Child("abstention"));
        var merging = shapes.IsWanted(TaskKinds.Merge, left);
        if (abstaining is not null)
        {
            return new TaskAim(abstaining, merging);
        }

        var random = seed.Child("kinds").Random();

        // What the state decides writes, so the others have to hold all that only reads; reading comes first where there are not tasks enough for both.
        var (reads, conditions) = (drawn[TaskKinds.Reads], drawn[TaskKinds.Conditional]);
        var choosing = reads.Missing < left && conditions.IsDue(left, random);
        var reading = !choosing && reads.IsDue(Math.Max(reads.Missing, left - conditions.Missing), random);
        return new TaskAim(null, merging, choosing, reading, drawn[TaskKinds.Long].IsDue(left, random), drawn[TaskKinds.Correction].IsDue(left, random));
    }

    /// <summary>Whether a task must make way for others that are wanted more; never one that became what it should.</summary>
    public bool MakesWay(TaskAim aim, TaskSpec task, int made) => aim.Abstaining is null && !Due(aim).Intersect(TaskKinds.Of(task, settings)).Any() && shapes.MakesWay(task, settings.PerEnvironment - made);

    /// <summary>Counts a task that is kept.</summary>
    public void Add(TaskSpec task) => shapes.Add(task);

    /// <summary>Takes note of what became of a proposal.</summary>
    /// <param name="kept">The task; null if it was dropped.</param>
    public void Tried(TaskAim aim, TaskSpec? kept)
    {
        var due = Due(aim).ToHashSet(StringComparer.Ordinal);
        var kinds = kept is null ? [] : TaskKinds.Of(kept, settings).ToHashSet(StringComparer.Ordinal);
        abstentions.Tried(aim.Abstaining, kept is not null);
        foreach (var (kind, quota) in drawn)
        {
            quota.Tried(due.Contains(kind), kinds.Contains(kind));
        }
    }

    /// <summary>The kinds that were drawn for a proposal.</summary>
    private static IEnumerable<string> Due(TaskAim aim)
    {
        (bool IsDue, string Kind)[] kinds = [(aim.Choosing, TaskKinds.Conditional), (aim.Reading == true, TaskKinds.Reads), (aim.Long == true, TaskKinds.Long), (aim.Correcting == true, TaskKinds.Correction)];
        return kinds.Where(kind => kind.IsDue).Select(kind => kind.Kind);
    }
}
