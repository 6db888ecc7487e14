using AgentScaler.Tasks.Abstention;

namespace AgentScaler.Tasks;

/// <summary>What the next proposal should become; where something is null, the share of such tasks decides.</summary>
/// <param name="Abstaining">Makes a request that must not simply be served; null for none.</param>
/// <param name="Merging">Whether it should merge values: it starts where a tool takes the keys of several rows.</param>
/// <param name="Choosing">Whether the state should decide between two wishes.</param>
/// <param name="Reading">Whether it should only read.</param>
/// <param name="Long">Whether it should have a long horizon.</param>
/// <param name="Correcting">Whether the user should correct itself.</param>
internal sealed record TaskAim(IAbstentionMaker? Abstaining = null, bool Merging = false, bool Choosing = false, bool? Reading = null, bool? Long = null, bool? Correcting = null);
