namespace AgentScaler.Graphs;

/// <summary>An output field of one tool that can feed an input parameter of another.</summary>
/// <param name="Producer">Name of the tool that returns the field.</param>
/// <param name="OutputField">Dotted path in its result, <c>[]</c> for "each item": <c>items[].id</c>.</param>
/// <param name="Consumer">Name of the tool that takes the parameter.</param>
/// <param name="Parameter">Name of the parameter.</param>
/// <param name="Similarity">How alike the two names are, 0..1, at least the campaign's threshold.</param>
public sealed record DependencyEdge(string Producer, string OutputField, string Consumer, string Parameter, double Similarity);
