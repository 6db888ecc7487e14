namespace AgentScaler.Datasets.Writers;

/// <summary>What a format's folder holds, what it was made from and what it lacks: <c>dataset/FORMAT/manifest.json</c>, written last.</summary>
public sealed record ExportManifest
{
    /// <summary>What a reader must know first, as the dataset's manifest says it.</summary>
    public required string About { get; init; }

    /// <summary>The format's name.</summary>
    public required string Format { get; init; }

    /// <summary>Whom it is for.</summary>
    public required string Consumer { get; init; }

    /// <summary><see cref="DatasetFormat.Version"/> of what wrote it.</summary>
    public required int Version { get; init; }

    /// <summary>The dataset's name.</summary>
    public required string Name { get; init; }

    /// <summary>Licences behind the rows, sorted.</summary>
    public required IReadOnlyList<string> Licences { get; init; }

    /// <summary>The files it was made from.</summary>
    public required IReadOnlyList<DatasetFile> Sources { get; init; }

    /// <summary>Its files, sorted by path; the manifest itself is not among them.</summary>
    public required IReadOnlyList<DatasetFile> Files { get; init; }

    /// <summary>What the format could not carry, sorted by file and reason; empty if it has everything.</summary>
    public required IReadOnlyList<ExportLoss> Losses { get; init; }

    /// <summary>Files that are missing because the dataset has nothing to make them from, with the file they would be made from.</summary>
    public required SortedDictionary<string, string> LeftOut { get; init; }

    /// <summary>What who uses it must know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The manifest's path for a format, in a campaign's folder.</summary>
    public static string PathOf(string format) => $"dataset/{format}/{DatasetManifest.FileName}";
}
