using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using AgentScaler.Environments;
using AgentScaler.Storage;
using AgentScaler.Tasks;

namespace AgentScaler.Datasets;

/// <summary>Gathers the tasks of a dataset with their ground truth. It holds the judgements' references with their environments' ids, one judgement, and one task at a time.</summary>
internal static class DatasetTasks
{
    /// <summary>
    /// Writes a line for each task of every environment that has kept trajectories, unless the artifact is there already. What agents of an environment are given is read
    /// off a kept trajectory, so tasks of the others have no line, nor have those in which the agent must abstain (<see cref="DatasetCounts.TasksLeftOut"/>).
    /// </summary>
    /// <param name="judgements">References of the judgements, in any order.</param>
    public static Task WriteAsync(IArtifactStore artifacts, string name, IEnumerable<string> judgements, CancellationToken cancellationToken) =>
        JsonLines.WriteAsync(artifacts, name, ReadAsync(artifacts, judgements, cancellationToken), DatasetJson.Line, cancellationToken);

    private static async IAsyncEnumerable<DatasetTask> ReadAsync(
        IArtifactStore artifacts, IEnumerable<string> judgements, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var byEnvironment = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var reference in judgements)
        {
            var judgement = await artifacts.ReadJsonAsync<Judgement>(reference, cancellationToken);
            if (judgement.Funnel.Counts.Kept > 0)
            {
                byEnvironment.Add(judgement.Funnel.Environment, reference);
            }
        }

        foreach (var reference in byEnvironment.Values)
        {
            var judgement = await artifacts.ReadJsonAsync<Judgement>(reference, cancellationToken);
            var outcome = await artifacts.ReadJsonAsync<EnvironmentOutcome>(judgement.Outcome, cancellationToken);
            var (first, kept) = await KeptAsync(artifacts, judgement.Kept, cancellationToken);
            await foreach (var task in artifacts.ReadLinesAsync<TaskSpec>(judgement.Tasks, cancellationToken))
            {
                // That an agent abstained shows in its words alone, which no ground truth here proves: who does nothing would be rewarded.
                if (task.Abstains)
                {
                    continue;
                }

                yield return Of(task, outcome, first, kept.GetValueOrDefault(task.Id), judgement.Licences);
            }
        }
    }

    private static DatasetTask Of(TaskSpec task, EnvironmentOutcome outcome, Trajectory example, int kept, IReadOnlyList<string> licences) => new()
    {
        Task = task.Id,
        Environment = task.Environment,
        Domain = outcome.Domain,
        DomainName = outcome.DomainName,
        Seed = task.Seed,
        Prompt =
        [
            .. example.Messages.Take(1).Where(message => message.Role == "system"),
            new TrajectoryMessage { Role = "user", Content = string.Join(' ', task.Requests.Select(request => request.Text)), Train = false },
        ],
        Tools = example.Tools,
        Gold = new DatasetGold(
            task.IsReadOnly ? "calls" : "state",
            task.InitialHash,
            [.. task.InitialChanges.Select(change => new DatasetRowChange(change.Collection, change.Key, change.Row is null, change.Row))],
            task.GoldHash,
            [.. task.Gold.Select(call => new TrajectoryFunctionCall(call.Tool, call.Arguments))],
            [.. task.Requests.SelectMany(request => request.RequiredOutputs).Select(output => output.Text)]),
        Kept = kept,
        Licences = licences,
    };

    /// <summary>The first kept trajectory, which shows what agents of the environment are given, and how many were kept of each task.</summary>
    private static async Task<(Trajectory First, Dictionary<string, int> Kept)> KeptAsync(IArtifactStore artifacts, string name, CancellationToken cancellationToken)
    {
        await using var stream = await artifacts.OpenReadAsync(name, cancellationToken) ?? throw new StoreException($"artifact '{name}' does not exist");
        using var reader = new StreamReader(stream);
        Trajectory? first = null;
        var kept = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            first ??= First(line, name);
            var task = TrajectoryLine.ReadTask(line, name);
            kept[task] = kept.GetValueOrDefault(task) + 1;
        }

        return (first ?? throw new StoreException($"artifact '{name}': expected kept trajectories, as the judgement counts them"), kept);
    }

    private static Trajectory First(string line, string name)
    {
        try
        {
            return DatasetJson.Read<Trajectory>(Encoding.UTF8.GetBytes(line));
        }
        catch (JsonException e)
        {
            throw new StoreException($"artifact '{name}', line 1, {e.Path ?? "$"}: expected a trajectory: {e.Message}", e);
        }
    }
}
