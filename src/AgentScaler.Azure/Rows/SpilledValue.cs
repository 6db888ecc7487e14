namespace AgentScaler.Azure.Rows;

/// <summary>A value that stands in a blob, and the version of the row it was written for.</summary>
internal sealed record SpilledValue(string Partition, string Key, string Mark);
