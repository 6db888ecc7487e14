namespace AgentScaler.Tools.OpenApi;

/// <summary>A parameter that a path template names.</summary>
/// <param name="In"><c>path</c> or <c>query</c>.</param>
/// <param name="Segment">The nearest literal segment before it, version segments aside; null if there is none.</param>
internal sealed record PathParameter(string Name, string In, string? Segment);
