namespace AgentScaler.Datasets;

/// <summary>A dataset, or what is to be done with it, is not what it should be; the message says where, and what was expected.</summary>
public sealed class DatasetException(string message) : Exception(message);
