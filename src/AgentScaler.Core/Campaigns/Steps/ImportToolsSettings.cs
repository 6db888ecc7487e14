using AgentScaler.Tools;

namespace AgentScaler.Campaigns.Steps;

/// <summary>What the import reads of a campaign's identity.</summary>
/// <param name="Documents">SHA-256 of the documents.</param>
/// <param name="Tools">Reading and screening.</param>
public sealed record ImportToolsSettings(IReadOnlyList<string> Documents, ToolSettings Tools);
