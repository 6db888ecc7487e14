using AgentScaler.Datasets;
using AgentScaler.Datasets.Writers;

namespace AgentScaler.Training;

/// <summary>
/// One file of a phase, as if it were a dataset: <c>phase1/validation.jsonl</c> is read as the canonical rows, and <c>dataset/openai/train.jsonl</c> becomes
/// <c>phase1/openai/validation.jsonl</c>. The plan lists the files, so a format needs no manifest of its own.
/// </summary>
/// <param name="folder">The phase's folder.</param>
/// <param name="file">The file's name in it.</param>
internal sealed class PhaseExportPlace(string folder, string file) : IExportPlace
{
    private const string Training = "/train.";

    private readonly FolderExportPlace inner = new(folder, folder);

    /// <summary>Where a format's file goes, below the phase's folder.</summary>
    public string NameOf(string path) => path["dataset/".Length..].Replace(Training, $"/{Path.GetFileNameWithoutExtension(file)}.", StringComparison.Ordinal);

    /// <inheritdoc/>
    public Task<Stream?> OpenReadAsync(string path, CancellationToken cancellationToken) =>
        path == ExportInput.Trajectories.Path ? inner.OpenReadAsync(file, cancellationToken) : Task.FromResult<Stream?>(null);

    /// <inheritdoc/>
    public Task WriteAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        IsManifest(path) ? Task.CompletedTask : inner.WriteAsync("dataset/" + NameOf(path), write, cancellationToken);

    /// <inheritdoc/>
    public Task<Stream?> OpenWrittenAsync(string path, CancellationToken cancellationToken) =>
        IsManifest(path) ? Task.FromResult<Stream?>(null) : inner.OpenWrittenAsync("dataset/" + NameOf(path), cancellationToken);

    private static bool IsManifest(string path) => path.EndsWith("/" + DatasetManifest.FileName, StringComparison.Ordinal);
}
