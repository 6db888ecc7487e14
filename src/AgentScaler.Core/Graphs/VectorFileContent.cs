namespace AgentScaler.Graphs;

/// <summary>A matrix as it was read.</summary>
/// <param name="Vectors">Rows of length 1, or all zero.</param>
/// <param name="Rescaled">Rows that were not of length 1 in the file.</param>
/// <param name="Unusable">Numbers of the rows with values that are no finite numbers, ascending; they are zero here.</param>
public sealed record VectorFileContent(VectorTable Vectors, int Rescaled, IReadOnlyList<int> Unusable);
