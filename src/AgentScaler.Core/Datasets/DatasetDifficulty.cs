using System.Text;
using System.Text.Json;
using AgentScaler.Storage;

namespace AgentScaler.Datasets;

/// <summary>How hard the tasks of a dataset are, trajectory by trajectory.</summary>
internal static class DatasetDifficulty
{
    /// <summary>The bands, from easy to hard.</summary>
    public static readonly string[] Bands = ["easy", "medium", "hard", "unsolved"];

    /// <summary>Counts trajectories by the band of <c>metadata.difficulty</c>.</summary>
    /// <param name="artifact">Trajectories, one a line.</param>
    /// <returns>Band to trajectories, sorted by name; empty where no difficulty is recorded.</returns>
    public static async Task<SortedDictionary<string, long>> CountAsync(IArtifactStore artifacts, string artifact, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        await using var stream = await artifacts.OpenReadAsync(artifact, cancellationToken) ?? throw new StoreException($"artifact '{artifact}' does not exist");
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, 1 << 16);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (TrajectoryLine.ReadMetadata(Encoding.UTF8.GetBytes(line)) is { } metadata && BandOf(metadata) is { } band)
            {
                counts[band] = counts.GetValueOrDefault(band) + 1;
            }
        }

        return counts;
    }

    /// <summary>The band of a record's metadata; null where none is recorded.</summary>
    public static string? BandOf(JsonElement metadata) =>
        metadata.TryGetProperty("difficulty", out var difficulty) && difficulty.ValueKind == JsonValueKind.Object
        && difficulty.TryGetProperty("band", out var band) && band.ValueKind == JsonValueKind.String ? band.GetString() : null;
}
