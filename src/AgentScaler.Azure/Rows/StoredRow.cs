namespace AgentScaler.Azure.Rows;

/// <summary>A row as a service holds it.</summary>
/// <param name="Value">The value, or null if it stands in a blob.</param>
/// <param name="SpilledHash">SHA-256 of the value that stands in a blob, or null.</param>
internal sealed record StoredRow(string Key, string? Value, string? SpilledHash, RowVersion Version);
