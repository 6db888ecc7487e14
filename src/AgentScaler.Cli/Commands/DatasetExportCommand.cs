using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AgentScaler.Cli.Output;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Writers;
using AgentScaler.Funnel.Review;
using AgentScaler.Json;

namespace AgentScaler.Cli.Commands;

/// <summary><c>dataset export</c>: a dataset in its consumers' formats.</summary>
internal static class DatasetExportCommand
{
    private const string Every = "all";

    public static Command Create(Shell shell)
    {
        var folder = new Argument<string>("folder") { Description = "A campaign's folder" };
        var formats = new Option<string[]>("--format")
        {
            Description = $"The format, or several, or '{Every}': {string.Join(", ", DatasetFormat.All.Select(format => format.Name))}",
            AllowMultipleArgumentsPerToken = true,
            Required = true,
        };
        var output = new Option<string?>("--out") { Description = "Where the formats' folders go; by default the campaign's folder 'dataset'" };
        var command = new Command(
            "export",
            """
            Write a dataset for its consumers, each in a folder of its own; what a format cannot carry is counted and listed

            Examples:
              agentscaler dataset export ./campaign --format openai
              agentscaler dataset export ./campaign --format trl axolotl --out ./exports
              agentscaler dataset export ./campaign --format all
            """)
        {
            folder, formats, output,
        };
        command.SetAction((parse, token) => RunAsync(shell, parse.GetValue(folder)!, parse.GetValue(formats)!, parse.GetValue(output), shell.WantsJson(parse), token));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, string folder, string[] names, string? output, bool json, CancellationToken cancellationToken)
    {
        var wanted = names.Contains(Every, StringComparer.Ordinal) ? DatasetFormat.All : [.. names.Distinct(StringComparer.Ordinal).Select(Find)];
        var dataset = Path.Combine(folder, "dataset");
        var manifest = await ReadAsync(folder, Path.Combine(dataset, DatasetManifest.FileName), cancellationToken);
        if (manifest.Review is null && new ReviewDecisions(await new ReviewLog(folder).ReadAsync(cancellationToken)).Standing is { Count: > 0 } decisions)
        {
            shell.ErrorText($"this is the machine's dataset: {decisions.Count} decisions of people are not in it; 'agentscaler review {folder} apply --out DIR' writes one that honours them");
        }

        var outcomes = new List<ExportOutcome>();
        using (var progress = new CountLine(shell, "rows written"))
        {
            var exporter = new DatasetExporter(new FolderExportPlace(folder, output ?? dataset), manifest, progress);
            foreach (var format in wanted)
            {
                outcomes.Add(await exporter.WriteAsync(format, cancellationToken));
            }
        }

        if (json)
        {
            shell.WriteJson(outcomes.Select(ExportAnswer.Of));
        }
        else
        {
            ExportTable.Write(shell, outcomes, output ?? dataset);
        }

        // Who names a format wants it; who wants all gets those that the dataset can give.
        return outcomes.Exists(outcome => outcome.Manifest is null && names.Contains(outcome.Format, StringComparer.Ordinal)) ? CommandLine.Failure : CommandLine.Success;
    }

    private static DatasetFormat Find(string name) => DatasetFormat.Find(name)
        ?? throw new UsageException($"--format: expected {Every} or one of {string.Join(", ", DatasetFormat.All.Select(format => format.Name))}, found '{name}'");

    private static async Task<DatasetManifest> ReadAsync(string folder, string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            throw new UsageException($"'{folder}' holds no dataset: there is no dataset/{DatasetManifest.FileName} in it");
        }

        await using var stream = File.OpenRead(file);
        try
        {
            return await JsonSerializer.DeserializeAsync<DatasetManifest>(stream, ArtifactJson.Options, cancellationToken) ?? throw new JsonException("found null");
        }
        catch (JsonException e)
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"'{file}', {e.Path ?? "$"}: expected a dataset's manifest of this version: {e.Message}"));
        }
    }
}
