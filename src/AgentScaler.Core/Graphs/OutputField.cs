namespace AgentScaler.Graphs;

/// <summary>A field of a tool's result that identifies something.</summary>
/// <param name="Path">Dotted, <c>[]</c> for each item of an array.</param>
/// <param name="Depth">Objects and arrays around it.</param>
/// <param name="IsDeclared">Whether the tool's document declares it; else the tool's name tells.</param>
internal sealed record OutputField(string Path, int Depth, IdentifierKey Key, ValueTypes Types, bool IsDeclared);
