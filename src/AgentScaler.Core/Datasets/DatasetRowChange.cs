using System.Text.Json;

namespace AgentScaler.Datasets;

/// <summary>A row in which a task's initial state differs from the environment package's.</summary>
/// <param name="Collection">The collection's name.</param>
/// <param name="Key">The row's key in it.</param>
/// <param name="Removed">Whether the package's row is not there.</param>
/// <param name="Row">The row as it is instead, an object; left out where it was removed.</param>
public sealed record DatasetRowChange(string Collection, string Key, bool Removed, JsonElement? Row = null);
