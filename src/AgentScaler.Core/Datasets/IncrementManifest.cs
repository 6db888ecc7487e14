namespace AgentScaler.Datasets;

/// <summary>What one night added to a series of datasets of one name.</summary>
/// <param name="Dataset">Reference of the night's own manifest, with all that it kept.</param>
/// <param name="Name">The datasets' name, which makes the series.</param>
/// <param name="Seed">The night's root seed.</param>
/// <param name="Rows">Trajectories that no earlier night had: the lines of <see cref="Trajectories"/>.</param>
/// <param name="Duplicates">Trajectories that an earlier night, or an earlier line, had already.</param>
/// <param name="Sha256">Of the bytes of <see cref="Trajectories"/>, 64 lower-case hexadecimal digits.</param>
public sealed record IncrementManifest(string Dataset, string Name, long Seed, long Rows, long Duplicates, string Sha256)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "increment.json";

    /// <summary>The new trajectories, beside this file, in the dataset's order.</summary>
    public const string Trajectories = "increment.jsonl";

    /// <summary>The contents of the new trajectories, beside this file: one hash a line, sorted.</summary>
    public const string Contents = "contents.txt";
}
