namespace AgentScaler.Datasets;

/// <summary>Something in a dataset that a consumer would choke on.</summary>
/// <param name="File">The file, as the manifest names it.</param>
/// <param name="Line">1-based line; 0 for the file as a whole.</param>
/// <param name="Path">Where in the line's record, e.g. <c>$.messages[3].role</c>.</param>
/// <param name="Expected">What was expected there, and what was found.</param>
public sealed record DatasetProblem(string File, long Line, string Path, string Expected)
{
    /// <summary>One line for a person.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Path}: {Expected}" : $"{File}:{Line}: {Path}: {Expected}";
}
