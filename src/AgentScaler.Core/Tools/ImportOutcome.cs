namespace AgentScaler.Tools;

/// <summary>What an import yields.</summary>
/// <param name="Tools">The kept tools in normal form, sorted by name.</param>
/// <param name="Report">What was read, rejected and found wrong, per document.</param>
public sealed record ImportOutcome(IReadOnlyList<ToolSpec> Tools, ImportReport Report);
