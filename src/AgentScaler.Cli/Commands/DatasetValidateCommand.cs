using System.CommandLine;
using System.Globalization;
using AgentScaler.Cli.Output;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Writers;
using AgentScaler.Training;

namespace AgentScaler.Cli.Commands;

/// <summary><c>dataset validate</c>: the rules of the dataset's consumers, checked again on the files.</summary>
internal static class DatasetValidateCommand
{
    private const int ProblemsShown = 50;

    public static Command Create(Shell shell)
    {
        var folder = new Argument<string>("folder") { Description = "A campaign's folder, or one that formats were exported to or phases written to" };
        var command = new Command(
            "validate",
            """
            Check a dataset as its consumers would: records, roles, tool calls against schemas, order, counts and hashes of the manifest; and every exported format and phase by its consumer's rule

            Example:
              agentscaler dataset validate ./campaign
            """)
        {
            folder,
        };
        command.SetAction((parse, token) => RunAsync(shell, parse.GetValue(folder)!, shell.WantsJson(parse), token));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, string folder, bool json, CancellationToken cancellationToken)
    {
        IReadOnlyList<DatasetProblem> problems;
        using (var progress = new CountLine(shell, "rows checked"))
        {
            problems = await CheckAsync(folder, progress, cancellationToken);
        }

        if (json)
        {
            shell.WriteJson(problems);
        }
        else
        {
            foreach (var problem in problems.Take(ProblemsShown))
            {
                shell.WriteText(problem.ToString());
            }

            if (problems.Count > ProblemsShown)
            {
                shell.WriteText(string.Create(CultureInfo.InvariantCulture, $"... and {problems.Count - ProblemsShown} more"));
            }

            shell.WriteText(problems.Count == 0 ? "the dataset is valid" : string.Create(CultureInfo.InvariantCulture, $"{problems.Count} problems"));
        }

        return problems.Count == 0 ? CommandLine.Success : CommandLine.Failure;
    }

    /// <summary>The problems of all that a folder holds: a dataset, formats, a plan of fine-tuning, or a campaign with all of them.</summary>
    private static async Task<IReadOnlyList<DatasetProblem>> CheckAsync(string folder, CountLine progress, CancellationToken cancellationToken)
    {
        string[] places = ["dataset", ".", .. DatasetFormat.All.Select(format => format.Name)];
        var hasDataset = places.Any(place => File.Exists(Path.Combine(folder, place, DatasetManifest.FileName)));
        var plans = new[] { folder, Path.Combine(folder, "phases") }.Where(plan => File.Exists(Path.Combine(plan, FinetunePlan.FileName))).ToList();
        if (!hasDataset && plans.Count == 0)
        {
            throw new UsageException($"'{folder}' holds no dataset: there is no dataset/{DatasetManifest.FileName} in it, no exported format and no {FinetunePlan.FileName}");
        }

        var problems = new List<DatasetProblem>();
        if (hasDataset)
        {
            problems.AddRange(await DatasetValidator.ValidateAsync(folder, progress, cancellationToken));
        }

        foreach (var plan in plans)
        {
            problems.AddRange(await PlanValidator.ValidateAsync(plan, progress, cancellationToken));
        }

        return problems;
    }
}
