namespace AgentScaler.Datasets.Writers;

/// <summary>What a loss does to a file.</summary>
public enum ExportEffect
{
    /// <summary>The record has no row.</summary>
    Row,

    /// <summary>The row lacks a part of the record.</summary>
    Part,
}
