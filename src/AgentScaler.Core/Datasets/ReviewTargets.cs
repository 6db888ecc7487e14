using System.Text;
using System.Text.Json;
using AgentScaler.Funnel.Review;

namespace AgentScaler.Datasets;

/// <summary>Finds what a decision names among the rows of a dataset, kept or rejected.</summary>
public static class ReviewTargets
{
    /// <summary>The ids that a name stands for.</summary>
    /// <param name="directory">The campaign's folder.</param>
    /// <param name="name">An episode's or task's id; a tool's name, or <c>environment/tool</c>.</param>
    /// <returns>The id itself; for a tool's name one for each environment that has it; empty if nothing is called so.</returns>
    /// <exception cref="DatasetException">The folder holds no dataset, or a row is none.</exception>
    public static async Task<IReadOnlyList<string>> FindAsync(string directory, ReviewDecision decision, string name, CancellationToken cancellationToken)
    {
        var root = DatasetRows.FindRoot(directory);
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in new[] { Path.Combine(root, "dataset", "canonical.jsonl"), Path.Combine(root, "rejected.jsonl") })
        {
            await foreach (var line in DatasetRows.ReadAsync(file, cancellationToken))
            {
                try
                {
                    if (TrajectoryLine.ReadMetadata(Encoding.UTF8.GetBytes(line)) is { } metadata)
                    {
                        found.UnionWith(decision switch
                        {
                            ReviewDecision.QuarantineTask => Only(metadata.GetProperty("task").GetString()!),
                            ReviewDecision.QuarantineTool => seen.Add(metadata.GetProperty("environment").GetString()!) ? Tools(line, metadata.GetProperty("environment").GetString()!) : [],
                            _ => Only(metadata.GetProperty("episode").GetString()!),
                        });
                    }
                }
                catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
                {
                    throw new DatasetException($"{file}: expected a trajectory a line: {e.Message}");
                }
            }
        }

        return [.. found];

        IEnumerable<string> Only(string id) => id == name ? [id] : [];

        IEnumerable<string> Tools(string line, string environment)
        {
            using var row = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 256 });
            return [.. row.RootElement.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("function").GetProperty("name").GetString()!)
                .Where(tool => tool == name || ReviewDecisions.ToolId(environment, tool) == name).Select(tool => ReviewDecisions.ToolId(environment, tool))];
        }
    }
}
