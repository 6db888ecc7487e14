using System.Text.Json;
using AgentScaler.Tools.Reading;

namespace AgentScaler.Tools.Schemas;

/// <summary>What a reference leads to.</summary>
/// <param name="Key">File and pointer: two references of one key lead to the same.</param>
internal sealed record ReferenceTarget(JsonElement Value, JsonPlace Place, string Key);
