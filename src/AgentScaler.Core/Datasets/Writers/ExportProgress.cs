namespace AgentScaler.Datasets.Writers;

/// <summary>How far an export is.</summary>
/// <param name="Format">The format at hand.</param>
/// <param name="File">The file at hand.</param>
/// <param name="Done">Records of its input that are done.</param>
/// <param name="Total">Records of its input; 0 if unknown.</param>
public sealed record ExportProgress(string Format, string File, long Done, long Total);
