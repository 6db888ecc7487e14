using System.Text.Json;

namespace AgentScaler.Environments;

/// <summary>A changed row: its new content, or null when it was deleted.</summary>
public sealed record RowChange(string Collection, string Key, JsonElement? Row);
