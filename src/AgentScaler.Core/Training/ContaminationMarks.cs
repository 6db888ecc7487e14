using System.Text.Json;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Decontamination;

namespace AgentScaler.Training;

/// <summary>
/// The marks of a dataset's trajectories, read along with them: a mark for each, in the same order. A trajectory without one, or with another's, ends the reading: nobody knows whether
/// it is clean.
/// </summary>
internal sealed class ContaminationMarks : IAsyncDisposable
{
    private const string Name = "dataset/" + ContaminationMark.FileName;

    private readonly ListedLines file;
    private IAsyncEnumerator<(long Offset, ReadOnlyMemory<byte> Line)>? lines;
    private long number;

    private ContaminationMarks(ListedLines file) => this.file = file;

    /// <summary>Opens a dataset's marks; null where it was never marked.</summary>
    /// <exception cref="DatasetException">There are marks, but the manifest doesn't list them; or it does, and there are none.</exception>
    public static ContaminationMarks? Open(string root, DatasetManifest manifest)
    {
        var isListed = manifest.Files.Any(file => file.Path == Name);
        if (!isListed && File.Exists(Path.Combine(root, "dataset", ContaminationMark.FileName)))
        {
            throw new DatasetException(
                $"{Name}: expected it among $.files of dataset/{DatasetManifest.FileName}; it may be of another dataset: mark this one ('dataset decontaminate --mode mark'), or remove the file");
        }

        return isListed ? new ContaminationMarks(new ListedLines(root, Name, manifest)) : null;
    }

    /// <summary>Reads the next mark and says whether it is one of contamination.</summary>
    /// <param name="episode">The trajectory it must be of.</param>
    /// <param name="place">Where that stands.</param>
    /// <exception cref="DatasetException">It is none, or another trajectory's.</exception>
    public async Task<bool> NextAsync(string episode, string place, CancellationToken cancellationToken)
    {
        lines ??= file.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        if (!await lines.MoveNextAsync())
        {
            throw new DatasetException($"{Name}: expected a mark for each trajectory, found none for '{episode}' of {place}");
        }

        number++;
        ContaminationMark mark;
        try
        {
            mark = DatasetJson.Read<ContaminationMark>(lines.Current.Line.Span);
        }
        catch (JsonException e)
        {
            throw new DatasetException($"{Name}:{number}: {e.Path ?? "$"}: expected {{contaminated, environment, episode, kinds}}: {e.Message}");
        }

        return mark.Episode == episode
            ? mark.Contaminated
            : throw new DatasetException($"{Name}:{number}: $.episode: expected '{episode}', the trajectory of {place}, found '{mark.Episode}'");
    }

    /// <summary>Makes sure that no mark is left over, and that the file is the one that the manifest lists.</summary>
    /// <param name="trajectories">How many there were.</param>
    /// <exception cref="DatasetException">It is not so.</exception>
    public async Task EndAsync(long trajectories, CancellationToken cancellationToken)
    {
        lines ??= file.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        if (await lines.MoveNextAsync())
        {
            throw new DatasetException($"{Name}:{number + 1}: expected as many marks as trajectories, {trajectories}, found more");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (lines is not null)
        {
            await lines.DisposeAsync();
        }

        file.Dispose();
    }
}
