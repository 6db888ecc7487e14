using AgentScaler.Datasets;
using AgentScaler.Environments.Engine;
using AgentScaler.Graphs;
using AgentScaler.Storage;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Coverage;

namespace AgentScaler.Campaigns.Rescoring;

/// <summary>An environment's stored tasks, sorted into those that are still ones of its package (<see cref="TaskProof"/>) and the others.</summary>
/// <param name="reference">Of all of them.</param>
internal sealed class ProvenTasks(string reference, Dictionary<string, TaskSpec> sound, IReadOnlyDictionary<string, string> faults)
{
    /// <summary>Those that are, by id, in the order in which they were built.</summary>
    public IReadOnlyDictionary<string, TaskSpec> Sound => sound;

    /// <summary>What is wrong with each of the others, by id.</summary>
    public IReadOnlyDictionary<string, string> Faults => faults;

    /// <summary>Reads and proves them.</summary>
    /// <exception cref="StoreException">The artifact is missing or damaged, or has a task twice.</exception>
    public static async Task<ProvenTasks> ReadAsync(IArtifactStore store, string reference, LoadedEnvironment environment, EnvironmentEngine engine, CancellationToken cancellationToken)
    {
        var sound = new Dictionary<string, TaskSpec>(StringComparer.Ordinal);
        var faults = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var task in (await EpisodeSource.ReadTasksAsync(store, reference, cancellationToken)).Values)
        {
            if (TaskProof.Fault(task, environment, engine) is { } fault)
            {
                faults[task.Id] = fault;
            }
            else
            {
                sound.Add(task.Id, task);
            }
        }

        return new(reference, sound, faults);
    }

    /// <summary>Writes the sound ones with the report of what they cover, where there are others: a dataset takes tasks and coverage from there.</summary>
    /// <param name="dependencies">Reference of the edges between the environment's tools.</param>
    /// <param name="prefix">Where they go, ending in <c>/</c>.</param>
    /// <returns>Reference of the sound ones.</returns>
    /// <exception cref="StoreException">The edges or the earlier report are missing or damaged.</exception>
    public async Task<string> WriteAsync(IArtifactStore store, LoadedEnvironment environment, string dependencies, TaskSettings settings, string prefix, CancellationToken cancellationToken)
    {
        if (faults.Count == 0)
        {
            return reference;
        }

        var report = ArtifactSibling.Of(reference, TaskReport.FileName);
        if (await store.ExistsAsync(report, cancellationToken))
        {
            var before = await store.ReadJsonAsync<TaskReport>(report, cancellationToken);
            var coverage = new CoveragePlan(environment.Package, await store.ReadJsonAsync<IReadOnlyList<DependencyEdge>>(dependencies, cancellationToken), settings);
            foreach (var task in sound.Values)
            {
                coverage.Add(task);
            }

            var after = before with { Kept = sound.Count, Coverage = coverage.Report(canWrite: true) with { Planned = before.Coverage.Planned } };
            await store.TryCreateJsonAsync(prefix + TaskReport.FileName, after, cancellationToken);
        }

        var written = prefix + ArtifactSibling.FileName(reference);
        await store.TryCreateLinesAsync(written, sound.Values, cancellationToken);
        return written;
    }
}
