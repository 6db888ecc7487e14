namespace AgentScaler.Tasks.Verification;

/// <summary>One way to judge outcomes, and what it promises to let pass.</summary>
/// <param name="Name">A kebab-case word, e.g. <c>unordered-reads</c>.</param>
/// <param name="AllowsReorderedReads">Whether reads that do not depend on each other may change places.</param>
/// <param name="AllowsExtraReads">Whether further reads may stand between gold's calls.</param>
public sealed record JudgeMode(string Name, bool AllowsReorderedReads, bool AllowsExtraReads);
