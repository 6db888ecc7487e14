using AgentScaler.Storage;

namespace AgentScaler.Datasets.Writers;

/// <summary>A campaign's folder.</summary>
/// <param name="campaign">The folder that is read.</param>
/// <param name="output">The folder in which the formats' folders go: <c>dataset/openai/...</c> becomes <c>openai/...</c> below it.</param>
public sealed class FolderExportPlace(string campaign, string output) : IExportPlace
{
    private const string Dataset = "dataset/";
    private const int BufferBytes = 1 << 16;

    /// <inheritdoc/>
    public Task<Stream?> OpenReadAsync(string path, CancellationToken cancellationToken) => Open(Path.Combine([campaign, .. path.Split('/')]));

    /// <inheritdoc/>
    public Task<Stream?> OpenWrittenAsync(string path, CancellationToken cancellationToken) => Open(PathOf(path));

    /// <inheritdoc/>
    public async Task WriteAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var file = PathOf(path);
        var partial = file + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            try
            {
                await using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes))
                {
                    await write(stream, cancellationToken);
                    stream.Flush(flushToDisk: true);
                }

                File.Move(partial, file, overwrite: true);
            }
            catch
            {
                File.Delete(partial);
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"file '{file}': {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        var file = PathOf(path);
        try
        {
            if (File.Exists(file))
            {
                File.Delete(file);
            }

            return Task.CompletedTask;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"file '{file}': {e.Message}", e);
        }
    }

    private string PathOf(string path) => Path.Combine([output, .. path[Dataset.Length..].Split('/')]);

    private static Task<Stream?> Open(string file)
    {
        try
        {
            return Task.FromResult<Stream?>(File.Exists(file) ? new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes) : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"file '{file}': {e.Message}", e);
        }
    }
}
