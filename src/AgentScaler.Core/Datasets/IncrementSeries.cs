using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Datasets;

/// <summary>The increments that datasets of one name have left in an artifact store.</summary>
public static class IncrementSeries
{
    /// <summary>References of the increments of a series, sorted.</summary>
    /// <param name="name">The datasets' name.</param>
    /// <exception cref="StoreException">The store failed.</exception>
    public static async Task<IReadOnlyList<string>> FindAsync(IArtifactStore artifacts, string name, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        await foreach (var artifact in artifacts.ListAsync($"steps/{StepNames.ExtendSeries.Name}/", cancellationToken))
        {
            if (ArtifactSibling.FileName(artifact) == IncrementManifest.FileName
                && (await artifacts.ReadJsonAsync<IncrementManifest>(artifact, cancellationToken)).Name == name)
            {
                found.Add(artifact);
            }
        }

        return found;
    }
}
