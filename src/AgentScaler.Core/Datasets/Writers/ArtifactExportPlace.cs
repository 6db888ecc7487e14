using AgentScaler.Storage;

namespace AgentScaler.Datasets.Writers;

/// <summary>
/// A step's artifacts: <c>dataset/openai/train.jsonl</c> is the artifact <c>openai.train.jsonl</c> beside the dataset's manifest. A step's key stands for all that it is made
/// from, so nothing is ever left of an export of something else.
/// </summary>
/// <param name="prefix">Where the artifacts stand, ending in <c>/</c>.</param>
public sealed class ArtifactExportPlace(IArtifactStore artifacts, string prefix) : IExportPlace
{
    private const string Dataset = "dataset/";

    /// <summary>The artifact's name for a path below <c>dataset/</c>.</summary>
    public static string NameOf(string path) => path[Dataset.Length..].Replace('/', '.');

    /// <inheritdoc/>
    public Task<Stream?> OpenReadAsync(string path, CancellationToken cancellationToken) => artifacts.OpenReadAsync(prefix + NameOf(path), cancellationToken);

    /// <inheritdoc/>
    public Task<Stream?> OpenWrittenAsync(string path, CancellationToken cancellationToken) => OpenReadAsync(path, cancellationToken);

    /// <inheritdoc/>
    public async Task WriteAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        // What is there already has the same bytes: it is made again for what is counted on the way.
        if (!await artifacts.TryCreateAsync(prefix + NameOf(path), write, cancellationToken))
        {
            await write(Stream.Null, cancellationToken);
        }
    }
}
