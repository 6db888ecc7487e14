using System.Runtime.CompilerServices;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Storage;
using AgentScaler.Tasks;

namespace AgentScaler.Datasets;

/// <summary>Writes an environment's preference pairs, sorted by id, with bounded memory: one task's episodes at a time.</summary>
internal sealed class PairFile(IArtifactStore artifacts, EnvironmentPackage package, IReadOnlyList<TrajectoryTool> tools, IReadOnlyList<string> licences, FunnelSettings settings, int most)
{
    private readonly PairBuilder builder = new(package, tools, licences, settings, most);

    /// <summary>Writes the file unless it is there.</summary>
    /// <returns>What became of the rejected episodes.</returns>
    public async Task<PairCounts> WriteAsync(string name, EpisodeSource source, IReadOnlyDictionary<string, Verdict> verdicts, CancellationToken cancellationToken)
    {
        var counts = new List<PairCounts>();
        var sizes = new List<(string Id, long Size)>();
        long held = 0;
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var (pairs, count) in BuildAsync(source, verdicts, cancellationToken))
        {
            counts.Add(count);
            foreach (var pair in pairs)
            {
                var line = DatasetJson.Line(pair);
                sizes.Add((pair.Id, line.Length));
                held += line.Length;
                if (held <= SortedTrajectories.DefaultBudget)
                {
                    lines.Add(pair.Id, line);
                }
            }
        }

        if (held <= SortedTrajectories.DefaultBudget)
        {
            await JsonLines.WriteAsync(artifacts, name, lines.Values.ToAsyncEnumerable(), line => line, cancellationToken);
        }
        else
        {
            lines.Clear();
            await SortedTrajectories.WriteAsync(artifacts, name, sizes, LinesAsync, SortedTrajectories.DefaultBudget, cancellationToken);
        }

        return PairCounts.Sum(counts);

        async IAsyncEnumerable<(string Id, Func<string> Line)> LinesAsync([EnumeratorCancellation] CancellationToken token)
        {
            await foreach (var (pairs, _) in BuildAsync(source, verdicts, token))
            {
                foreach (var pair in pairs)
                {
                    yield return (pair.Id, () => DatasetJson.Line(pair));
                }
            }
        }
    }

    /// <summary>Task by task; a task's episodes stand together.</summary>
    private async IAsyncEnumerable<(IReadOnlyList<PreferencePair> Pairs, PairCounts Counts)> BuildAsync(
        EpisodeSource source, IReadOnlyDictionary<string, Verdict> verdicts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (most == 0)
        {
            yield break;
        }

        var episodes = new List<(EpisodeRecord Episode, Verdict Verdict)>();
        TaskSpec? last = null;
        await foreach (var (episode, task) in source.ReadAsync(cancellationToken))
        {
            if (last is not null && last.Id != task.Id)
            {
                yield return builder.Build(last, episodes);
                episodes.Clear();
            }

            last = task;
            episodes.Add((episode, verdicts[episode.Id]));
        }

        if (last is not null)
        {
            yield return builder.Build(last, episodes);
        }
    }
}
