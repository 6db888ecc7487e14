using AgentScaler.Determinism;
using AgentScaler.Tasks.Coverage;

namespace AgentScaler.Tasks.Abstention;

/// <summary>Spreads the wanted tasks with a request that must not be served over an environment's tasks; the kinds take turns.</summary>
internal sealed class AbstentionQuota(TaskSettings settings)
{
    /// <summary>Proposals of one kind that come to nothing before the environment is taken not to give it.</summary>
    private const int MostFailures = 6;

    private readonly List<Kind> kinds =
    [
        new(new MissingFact(isGiven: true), new MissingFact(isGiven: false)),
        new(new ForbiddenCall(settings)),
        new(new LackingTool()),
    ];

    private readonly DrawnQuota quota = new(settings.AbstentionQuota, settings.PerEnvironment);

    /// <summary>What the next task shall be made with; null where an ordinary one is due, or the environment gives no more.</summary>
    /// <param name="tasks">Tasks kept so far.</param>
    public IAbstentionMaker? Next(int tasks, Seed seed)
    {
        var random = seed.Random();
        if (!quota.IsDrawn(tasks, random))
        {
            return null;
        }

        var able = random.Shuffle(kinds.Where(kind => kind.Failures < MostFailures)).OrderBy(kind => kind.Kept).ToList();
        return able.Count == 0 ? null : random.Pick(able[0].Makers);
    }

    /// <summary>Takes note of what became of a proposal.</summary>
    public void Tried(IAbstentionMaker? maker, bool isKept)
    {
        if (kinds.FirstOrDefault(kind => kind.Makers.Contains(maker)) is not { } of)
        {
            return;
        }

        quota.Tried(wasDue: true, isKept);
        of.Kept += isKept ? 1 : 0;
        of.Failures = isKept ? 0 : of.Failures + 1;
    }

    private sealed class Kind(params IReadOnlyList<IAbstentionMaker> makers)
    {
        public IReadOnlyList<IAbstentionMaker> Makers => makers;

        public int Kept { get; set; }

        public int Failures { get; set; }
    }
}
