using System.Text;
using System.Text.Json;
using AgentScaler.Json;
using AgentScaler.Storage;

namespace AgentScaler.Funnel.Review;

/// <summary>The decisions of people on a campaign, in the order in which they were made: <c>reviews.jsonl</c> in its folder, apart from all that the machine says.</summary>
public sealed class ReviewLog(string directory)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "reviews.jsonl";

    private readonly string path = Path.Combine(directory, FileName);

    /// <summary>All entries; none where the file is not there.</summary>
    /// <exception cref="StoreException">A line is no entry, or the file can't be read.</exception>
    public async Task<IReadOnlyList<ReviewEntry>> ReadAsync(CancellationToken cancellationToken)
    {
        var entries = new List<ReviewEntry>();
        if (!File.Exists(path))
        {
            return entries;
        }

        var number = 0;
        try
        {
            await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
            {
                number++;
                entries.Add(JsonSerializer.Deserialize<ReviewEntry>(line, ArtifactJson.Options) ?? throw new JsonException("found null"));
            }
        }
        catch (JsonException e)
        {
            throw new StoreException($"'{path}', line {number}, {e.Path ?? "$"}: expected a decision of a review: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFault.Of("read the reviews", directory, e);
        }

        return entries;
    }

    /// <summary>Adds an entry.</summary>
    /// <exception cref="StoreException">The file can't be written.</exception>
    public async Task AddAsync(ReviewEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(CanonicalJson.Serialize(entry) + "\n"), cancellationToken);
            stream.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FolderFault.Of("write the reviews", directory, e);
        }
    }
}
