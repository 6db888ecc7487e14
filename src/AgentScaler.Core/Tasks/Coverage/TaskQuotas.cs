using AgentScaler.Determinism;
using AgentScaler.Tasks.Abstention;

namespace AgentScaler.Tasks.Coverage;

/// <summary>The kinds of tasks that an environment should give (<see cref="TaskSettings"/>), what it gave of them, and so what the next task should be.</summary>
internal sealed class TaskQuotas(TaskSettings settings)
{
    private readonly AbstentionQuota abstentions = new(settings);
    private readonly ShapeQuota shapes = new(settings);
    private readonly DrawnQuota reads = new(settings.ReadOnlyQuota, settings.PerEnvironment);
    private readonly DrawnQuota conditions = new(settings.ConditionalQuota, settings.PerEnvironment);
    private readonly DrawnQuota longs = new(settings.LongQuota, settings.PerEnvironment);
    private readonly DrawnQuota corrections = new(settings.CorrectionQuota, settings.PerEnvironment);

    /// <summary>What the next proposal should become.</summary>
    /// <param name="made">Tasks kept so far, fewer than wanted.</param>
    public TaskAim Next(int made, Seed seed)
    {
        var abstaining = abstentions.Next(made, seed.Child("abstention"));
        var merging = shapes.IsWanted(TaskKinds.Merge, settings.PerEnvironment - made);
        if (abstaining is not null)
        {
            return new TaskAim(abstaining, merging);
        }

        var random = seed.Child("kinds").Random();
        var choosing = !merging && conditions.IsDue(made, random) && reads.LeavesRoom(made);
        return new TaskAim(null, merging, choosing, !choosing && reads.IsDue(made, random), longs.IsDue(made, random), corrections.IsDue(made, random));
    }

    /// <summary>Whether a task must make way for others that are wanted more.</summary>
    public bool MakesWay(TaskAim aim, TaskSpec task, int made) => aim.Abstaining is null && shapes.MakesWay(task, settings.PerEnvironment - made);

    /// <summary>Counts a task that is kept.</summary>
    public void Add(TaskSpec task) => shapes.Add(task);

    /// <summary>Takes note of what became of a proposal.</summary>
    /// <param name="kept">The task; null if it was dropped.</param>
    public void Tried(TaskAim aim, TaskSpec? kept)
    {
        var kinds = kept is null ? [] : TaskKinds.Of(kept, settings).ToHashSet(StringComparer.Ordinal);
        abstentions.Tried(aim.Abstaining, kept is not null);
        reads.Tried(aim.Reading == true, kinds.Contains(TaskKinds.Reads));
        conditions.Tried(aim.Choosing, kinds.Contains(TaskKinds.Conditional));
        longs.Tried(aim.Long == true, kinds.Contains(TaskKinds.Long));
        corrections.Tried(aim.Correcting == true, kinds.Contains(TaskKinds.Correction));
    }
}
