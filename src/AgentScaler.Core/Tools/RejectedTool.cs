namespace AgentScaler.Tools;

/// <summary>A tool that did not pass the screening.</summary>
/// <param name="Document">SHA-256 of its document.</param>
/// <param name="Place">JSON pointer or line within the document.</param>
/// <param name="OriginalName">Its name there; empty if it has none.</param>
/// <param name="Reason">A code of <see cref="RejectReason"/>.</param>
/// <param name="Detail">What was found and what was expected.</param>
public sealed record RejectedTool(string Document, string Place, string OriginalName, string Reason, string Detail);
