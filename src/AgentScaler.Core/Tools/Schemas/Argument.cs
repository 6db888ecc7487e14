using System.Text.Json.Nodes;

namespace AgentScaler.Tools.Schemas;

/// <summary>One parameter of a tool.</summary>
/// <param name="In"><c>path</c>, <c>query</c>, <c>header</c>, <c>body</c>, or null for a function's.</param>
/// <param name="Schema">Its normal form.</param>
/// <param name="Segment">For a path parameter the literal segment before it, or null.</param>
internal sealed record Argument(string Name, string? In, JsonObject Schema, bool Required, string? Segment = null);
