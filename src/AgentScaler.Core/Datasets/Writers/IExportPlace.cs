using AgentScaler.Storage;

namespace AgentScaler.Datasets.Writers;

/// <summary>Where a dataset is read from and its formats are written to. Paths are those of a campaign's folder, e.g. <c>dataset/openai/train.jsonl</c>.</summary>
public interface IExportPlace
{
    /// <summary>Opens a file of the dataset; null if it has none of that name.</summary>
    /// <exception cref="StoreException">It can't be read.</exception>
    Task<Stream?> OpenReadAsync(string path, CancellationToken cancellationToken);

    /// <summary>Writes a file: it appears whole or not at all.</summary>
    /// <param name="write">Writes the content, and is called at least once; the last call's content is that of the file.</param>
    /// <exception cref="StoreException">It can't be written.</exception>
    Task WriteAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);

    /// <summary>Opens a file that was written; null if there is none.</summary>
    /// <exception cref="StoreException">It can't be read.</exception>
    Task<Stream?> OpenWrittenAsync(string path, CancellationToken cancellationToken);

    /// <summary>Removes a file that an earlier export wrote; without one nothing happens. A place in which no export is made over an earlier one has none to remove.</summary>
    /// <exception cref="StoreException">It can't be removed.</exception>
    Task DeleteAsync(string path, CancellationToken cancellationToken) => Task.CompletedTask;
}
