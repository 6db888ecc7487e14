using AgentScaler.Determinism;
using AgentScaler.Environments.Packages;
using AgentScaler.Tasks.Coverage;

namespace AgentScaler.Tasks.Abstention;

/// <summary>Draws which of an environment's tasks shall have a request that must not be served; the kinds that the environment can give take turns.</summary>
/// <param name="tools">Tools that walks can be made of.</param>
internal sealed class AbstentionQuota(TaskSettings settings, EnvironmentPackage package, IReadOnlyList<PackageTool> tools)
{
    /// <summary>Proposals of one kind that come to nothing before the environment is taken not to give it.</summary>
    private const int MostFailures = 6;

    private readonly List<Kind> kinds = new List<Kind>
    {
        new(new MissingFact(isGiven: true), new MissingFact(isGiven: false)),
        new(new ForbiddenCall(settings)),
        new(new LackingTool()),
    }.FindAll(kind => kind.Makers.All(maker => maker.IsPossible(package, tools)));

    private readonly DrawnQuota quota = new(settings.AbstentionQuota);

    /// <summary>What the next task shall be made with; null where an ordinary one is due, or the environment gives no more.</summary>
    /// <param name="left">Tasks still to be made.</param>
    public IAbstentionMaker? Next(int left, Seed seed)
    {
        var random = seed.Random();
        if (!quota.IsDue(left, random))
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

        // Each kind is given up by itself.
        quota.Tried(wasDue: false, isKept);
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
