namespace AgentScaler.Tools;

/// <summary>Where a tool comes from; it travels with the tool into every dataset.</summary>
/// <param name="Provider">The API's title, or <c>document-</c> and the first digits of its hash: names of files shape nothing.</param>
/// <param name="Document">SHA-256 of the document's bytes: content counts, not paths.</param>
/// <param name="Place">JSON pointer or line within the document.</param>
/// <param name="Dialect">The dialect it was read as, e.g. <c>openapi-3</c>, <c>openai-tools</c>, <c>agentscaler-tools</c>.</param>
/// <param name="Licence">The licence the document states, or null.</param>
public sealed record ToolSource(string Provider, string Document, string Place, string Dialect, string? Licence);
