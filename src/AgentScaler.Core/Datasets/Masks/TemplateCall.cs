using System.Text.Json;

namespace AgentScaler.Datasets.Masks;

/// <summary>A call as templates see it.</summary>
/// <param name="Arguments">An object; templates also take text that holds one.</param>
internal sealed record TemplateCall(string Id, string Name, JsonElement Arguments);
