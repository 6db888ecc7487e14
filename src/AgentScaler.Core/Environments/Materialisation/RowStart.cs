using System.Text.Json.Nodes;
using AgentScaler.Environments.Materialisation.Values;

namespace AgentScaler.Environments.Materialisation;

/// <summary>The key of a row to be made.</summary>
/// <param name="About">What the row is about, if its key is its name; null leaves it open.</param>
internal sealed record RowStart(JsonNode Key, Subject? About);
