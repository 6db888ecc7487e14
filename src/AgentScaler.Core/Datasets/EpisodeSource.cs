using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentScaler.Episodes;
using AgentScaler.Json;
using AgentScaler.Storage;
using AgentScaler.Tasks;

namespace AgentScaler.Datasets;

/// <summary>The stored episodes of one environment with their tasks; they stream by, as often as wanted. As long as they are few they are held, so that they are read once.</summary>
/// <param name="tasks">The environment's tasks by id.</param>
/// <param name="shards">References of its shards of episodes.</param>
/// <param name="without">Ids of tasks whose episodes are passed over; null for none.</param>
/// <param name="skip">Told place and fault of an episode that can't be judged, which is then left out; null to stop at the first. It is told once, not at every pass.</param>
internal sealed class EpisodeSource(
    IArtifactStore artifacts, IReadOnlyDictionary<string, TaskSpec> tasks, IReadOnlyList<string> shards, IReadOnlySet<string>? without = null, Action<string, string>? skip = null)
{
    /// <summary>Characters of stored episodes that are held at most.</summary>
    private const long MostHeld = 8 << 20;

    private List<(EpisodeRecord Episode, TaskSpec Task)>? held;
    private bool isTold;

    /// <summary>The tasks by id.</summary>
    public IReadOnlyDictionary<string, TaskSpec> Tasks => tasks;

    /// <summary>References of the shards.</summary>
    public IReadOnlyList<string> Shards => shards;

    /// <summary>Reads tasks by id.</summary>
    /// <exception cref="StoreException">The artifact is missing or damaged, or has a task twice.</exception>
    public static async Task<Dictionary<string, TaskSpec>> ReadTasksAsync(IArtifactStore artifacts, string reference, CancellationToken cancellationToken)
    {
        var tasks = new Dictionary<string, TaskSpec>(StringComparer.Ordinal);
        await foreach (var task in artifacts.ReadLinesAsync<TaskSpec>(reference, cancellationToken))
        {
            if (!tasks.TryAdd(task.Id, task))
            {
                throw new StoreException($"artifact '{reference}': the task {task.Id} stands twice");
            }
        }

        return tasks;
    }

    /// <summary>The episodes in order: by task, then trial.</summary>
    /// <exception cref="StoreException">An artifact is missing, or, unless faults are skipped, an episode is damaged or of an unknown task.</exception>
    public async IAsyncEnumerable<(EpisodeRecord Episode, TaskSpec Task)> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (held is not null)
        {
            foreach (var item in held)
            {
                yield return item;
            }

            yield break;
        }

        List<(EpisodeRecord Episode, TaskSpec Task)>? read = [];
        long size = 0;
        foreach (var shard in shards)
        {
            long line = 0;
            await foreach (var text in artifacts.ReadTextLinesAsync(shard, cancellationToken))
            {
                line++;
                var (episode, fault) = Parse(text);
                if (episode is not null && without?.Contains(episode.Task) == true)
                {
                    continue;
                }

                fault ??= tasks.ContainsKey(episode!.Task) ? null : $"episode {episode.Id} is of the unknown task {episode.Task}";
                if (fault is null)
                {
                    var item = (episode!, tasks[episode!.Task]);
                    size += text.Length;
                    read = size <= MostHeld ? read : null;
                    read?.Add(item);
                    yield return item;
                    continue;
                }

                if (skip is null)
                {
                    throw new StoreException($"artifact '{shard}', line {line}: {fault}");
                }

                if (!isTold)
                {
                    skip($"{shard}:{line}", fault);
                }
            }
        }

        (held, isTold) = (read, true);
    }

    private static (EpisodeRecord? Episode, string? Fault) Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<EpisodeRecord>(text, ArtifactJson.Options) is { } episode ? (episode, null) : (null, "expected an episode, found null");
        }
        catch (JsonException e)
        {
            return (null, $"{e.Path ?? "$"}: expected an episode of this version: {e.Message}");
        }
    }
}
