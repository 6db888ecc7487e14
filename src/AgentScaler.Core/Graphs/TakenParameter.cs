namespace AgentScaler.Graphs;

/// <summary>A parameter that identifies something there is already.</summary>
/// <param name="Name">Its name in the tool.</param>
/// <param name="IsPath">Whether it stands in the tool's path.</param>
/// <param name="IsFilter">Whether it narrows a search rather than names the one thing wanted.</param>
internal sealed record TakenParameter(string Name, IdentifierKey Key, ValueTypes Types, bool IsPath, bool IsFilter);
