using AgentScaler.Determinism;

namespace AgentScaler.Datasets.Validation;

/// <summary>A file's length and hash against what a manifest says of them.</summary>
internal static class FileBytes
{
    /// <summary>Checks a file that is there.</summary>
    public static async Task CheckAsync(string path, DatasetFile file, List<DatasetProblem> problems, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        if (stream.Length != file.Bytes)
        {
            problems.Add(new(file.Path, 0, "$", $"expected {file.Bytes} bytes as the manifest says, found {stream.Length}"));
        }

        var hash = await Sha256Text.OfAsync(stream, cancellationToken);
        if (hash != file.Sha256)
        {
            problems.Add(new(file.Path, 0, "$", $"expected SHA-256 {file.Sha256} as the manifest says, found {hash}"));
        }
    }
}
