namespace AgentScaler.Storage;

/// <summary>A stored row.</summary>
/// <param name="Key">Its key within the partition.</param>
/// <param name="Value">A JSON document.</param>
/// <param name="ETag">The version to hand back with a conditional write.</param>
public sealed record StateRow(string Partition, string Key, string Value, string ETag);
