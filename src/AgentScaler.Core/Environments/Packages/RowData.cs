using System.Text.Json;

namespace AgentScaler.Environments.Packages;

/// <summary>A row of an environment's initial state.</summary>
public sealed record RowData(string Collection, string Key, JsonElement Row);
