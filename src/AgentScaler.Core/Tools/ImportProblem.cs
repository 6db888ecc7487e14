namespace AgentScaler.Tools;

/// <summary>Something wrong in a document that did not stop the import.</summary>
/// <param name="Code">What kind, e.g. <c>json.invalid</c>, <c>reference.external</c>, <c>dialect.unread</c>.</param>
/// <param name="Place">JSON pointer, or line and byte, within the document; <c>document</c> for the whole.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Expected">What was expected, and what was done instead.</param>
public sealed record ImportProblem(string Code, string Place, string Found, string Expected);
