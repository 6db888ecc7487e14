using System.Text.Json.Nodes;

namespace AgentScaler.Tools.Schemas;

/// <summary>A property of an object schema.</summary>
/// <param name="Schema">Its normal form.</param>
/// <param name="Merged">What the document says, for keywords beyond the normal form.</param>
internal sealed record SchemaMember(string Name, JsonObject Schema, bool Required, MergedSchema Merged);
