using System.ComponentModel.DataAnnotations;

namespace AgentScaler.Tasks;

/// <summary>How tasks are constructed (pipeline.md, stage 4).</summary>
public sealed record TaskSettings
{
    /// <summary>Tasks wanted of each environment, 1-10000.</summary>
    [Range(1, 10000)]
    public int PerEnvironment { get; init; } = 36;

    /// <summary>
    /// Most tasks made beyond <see cref="PerEnvironment"/>, as a multiple of it, 0-20: as long as tools or edges of the dependency graph are not covered, and only tasks that cover one.
    /// </summary>
    [Range(0.0, 20.0)]
    public double CoverageShare { get; init; } = 2;

    /// <summary>Most tasks of each environment.</summary>
    internal int MostPerEnvironment => PerEnvironment + Quota(CoverageShare);

    /// <summary>Fewest gold calls, 1-20.</summary>
    [Range(1, 20)]
    public int MinimumCalls { get; init; } = 3;

    /// <summary>Most gold calls, 1-20; the specification's 15 would not fit into an episode's 30 agent steps beside an answer to each request.</summary>
    [Range(1, 20)]
    public int MaximumCalls { get; init; } = 10;

    /// <summary>Share of tasks with a long horizon: more gold calls than <see cref="MaximumCalls"/>, up to <see cref="LongestCalls"/>, 0-1; where the environment gives that much.</summary>
    [Range(0.0, 1.0)]
    public double LongShare { get; init; } = 0.1;

    /// <summary>Tasks of each environment with a long horizon.</summary>
    internal int LongQuota => LongestCalls <= MaximumCalls ? 0 : Quota(LongShare);

    /// <summary>Most gold calls of a task with a long horizon, 1-20.</summary>
    [Range(1, 20)]
    public int LongestCalls { get; init; } = 20;

    /// <summary>Share of tasks in which the state decides between two wishes of the user, 0-1; where the environment has a status, a yes or no, or the like to look at, and two things to do.</summary>
    [Range(0.0, 1.0)]
    public double ConditionalShare { get; init; } = 0.1;

    /// <summary>Tasks of each environment in which the state decides.</summary>
    internal int ConditionalQuota => Quota(ConditionalShare);

    /// <summary>Share of tasks in which some call takes values of two others, 0-1; where the environment gives that.</summary>
    [Range(0.0, 1.0)]
    public double MergeShare { get; init; } = 0.1;

    /// <summary>Share of tasks in which two calls take values of the same one, 0-1; where the environment gives that.</summary>
    [Range(0.0, 1.0)]
    public double BranchShare { get; init; } = 0.1;

    /// <summary>Tasks of each environment in which values are merged.</summary>
    internal int MergeQuota => Quota(MergeShare);

    /// <summary>Tasks of each environment that branch.</summary>
    internal int BranchQuota => Quota(BranchShare);

    /// <summary>Share of tasks whose gold only reads, 0-1.</summary>
    [Range(0.0, 1.0)]
    public double ReadOnlyShare { get; init; } = 0.35;

    /// <summary>Tasks of each environment that only read, where it has tools that write.</summary>
    internal int ReadOnlyQuota => Quota(ReadOnlyShare);

    /// <summary>
    /// Share of tasks in which one request must not simply be served, 0-1: a fact is missing, a rule of the policy forbids it, or no tool does it. The kinds take turns, where the environment
    /// gives them.
    /// </summary>
    [Range(0.0, 1.0)]
    public double AbstentionShare { get; init; } = 0.06;

    /// <summary>Tasks of each environment in which one request must not simply be served.</summary>
    internal int AbstentionQuota => Quota(AbstentionShare);

    /// <summary>Share of tasks in which the user says something wrongly and corrects itself in the same breath, 0-1; words of the embedded grammar only.</summary>
    [Range(0.0, 1.0)]
    public double CorrectionShare { get; init; } = 0.1;

    /// <summary>Tasks of each environment in which the user corrects itself.</summary>
    internal int CorrectionQuota => Quota(CorrectionShare);

    /// <summary>Largest number of tasks in an environment that differ in values and words only, 1-1000: same calls, same shape of what they show, same things said and asked.</summary>
    [Range(1, 1000)]
    public int MaximumSameIntent { get; init; } = 2;

    /// <summary>Who users are; one is drawn for each task that a model words, and for some of the others, where chatty or polite users say it of themselves.</summary>
    public IReadOnlyList<string> Personas { get; init; } =
    [
        "a small business owner between two meetings",
        "an experienced office manager who knows the terms",
        "a student who does this for the first time",
        "a retired engineer who likes to explain",
        "a worried customer who wants it done today",
        "a new employee who was handed this task",
    ];

    /// <summary>How users write where a model words their intents; one is drawn for each task.</summary>
    public IReadOnlyList<string> Styles { get; init; } = ["short and to the point", "friendly, in full sentences", "casual, lower case, like a chat message", "formal, like a letter", "a little roundabout, with the reason for asking"];

    /// <summary>The languages in which intents are worded, as BCP 47 tags; one is drawn for each task. The embedded grammar has English and Chinese, any other takes a model as builder.</summary>
    public IReadOnlyList<string> Languages { get; init; } = ["en"];

    /// <summary>Tasks a shard, 1-1000: the unit of one rollout step.</summary>
    [Range(1, 1000)]
    public int ShardSize { get; init; } = 12;

    private int Quota(double share) => (int)Math.Round(PerEnvironment * share, MidpointRounding.AwayFromZero);
}
