using AgentScaler.Storage;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Coverage;

namespace AgentScaler.Datasets;

/// <summary>What the tasks of a dataset cover, from the reports of the steps that built them.</summary>
internal static class DatasetCoverage
{
    /// <summary>Sums up the reports of all environments on some pages.</summary>
    /// <returns>Null where no environment has a report.</returns>
    public static async Task<CoverageReport?> ReadAsync(IArtifactStore artifacts, IEnumerable<DatasetPage> pages, CancellationToken cancellationToken)
    {
        var reports = new List<CoverageReport>();
        foreach (var reference in pages.SelectMany(page => page.Judgements))
        {
            var judgement = await artifacts.ReadJsonAsync<Judgement>(reference, cancellationToken);
            var report = ArtifactSibling.Of(judgement.Tasks, TaskReport.FileName);
            if (await artifacts.ExistsAsync(report, cancellationToken))
            {
                reports.Add((await artifacts.ReadJsonAsync<TaskReport>(report, cancellationToken)).Coverage);
            }
        }

        return reports.Count == 0 ? null : CoverageReport.Sum(reports);
    }
}
