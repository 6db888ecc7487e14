using System.CommandLine;
using System.Globalization;
using AgentScaler.Cli.Output;
using AgentScaler.Graphs;
using Spectre.Console;

namespace AgentScaler.Cli.Commands;

/// <summary><c>graph similar</c>: all pairs of rows of a matrix over a threshold.</summary>
internal static class GraphSimilarCommand
{
    private const int RowsShown = 20;

    public static Command Create(Shell shell)
    {
        var vectors = new Argument<FileInfo>("vectors") { Description = "Raw little-endian float32, row-major (gzip allowed)" };
        var threshold = new Option<double>("--threshold") { Description = "A pair needs a cosine strictly above this, -1 to 1", Required = true };
        var dimensions = new Option<int?>("--dimensions") { Description = "Values a row; without it the file's name says ROWSxDIMENSIONS, e.g. vectors_10000x256.f32.gz" };
        var output = new Option<FileInfo>("--out") { Description = "Where the pairs go", Required = true };
        threshold.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => !double.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) || value is not (>= -1 and <= 1)))
            {
                result.AddError("--threshold: expected a number from -1 to 1");
            }
        });
        var command = new Command(
            "similar",
            """
            Find all pairs of rows whose cosine is above a threshold

            The output has a line 'u v cosine' for each pair, u < v, sorted; rows count from 0, cosines have 6 decimals. Each pair near the
            threshold is decided in double precision, in the same way on every machine. Rows that are not of length 1 are brought to it. A
            name that ends in .gz packs the output.

            Example:
              agentscaler graph similar vectors_10000x256.f32.gz --threshold 0.8 --out edges.txt
            """)
        {
            vectors, threshold, dimensions, output,
        };
        command.SetAction((parse, token) => Task.FromResult(Run(
            shell, parse.GetValue(vectors)!, parse.GetValue(dimensions), parse.GetValue(threshold), parse.GetValue(output)!, shell.WantsJson(parse), token)));
        return command;
    }

    private static int Run(Shell shell, FileInfo file, int? dimensions, double threshold, FileInfo output, bool json, CancellationToken cancellationToken)
    {
        if (!file.Exists)
        {
            throw new UsageException($"'{file}' does not exist, expected a matrix of float32");
        }

        var meter = new ResourceMeter(shell.Clock);
        meter.Begin("reading");
        var content = VectorFile.Read(file.FullName, dimensions);
        if (content.Unusable.Count > 0)
        {
            shell.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{file.Name}: {content.Unusable.Count} rows hold values that are no finite numbers and are similar to nothing: {string.Join(", ", content.Unusable.Take(RowsShown))}"));
        }

        meter.Begin("search");
        var edges = SimilarityGraph.Find(content.Vectors, threshold, cancellationToken: cancellationToken);
        meter.Begin("writing");
        Write(output, edges);
        meter.End();
        var answer = new Answer(
            output.FullName, content.Vectors.Count, content.Vectors.Dimensions, content.Rescaled, content.Unusable.Count, edges.Count,
            meter.CpuSeconds("search"), meter.Seconds, ResourceMeter.ProcessCpuSeconds, ResourceMeter.PeakMemoryMegabytes, meter.Phases);
        if (json)
        {
            shell.WriteJson(answer);
            return CommandLine.Success;
        }

        shell.WriteText(string.Create(CultureInfo.InvariantCulture, $"{answer.Edges:N0} edges above {threshold} among {answer.Rows:N0} rows of {answer.Dimensions}: {answer.Out}"));
        if (answer.Rescaled > 0)
        {
            shell.WriteText(string.Create(CultureInfo.InvariantCulture, $"{answer.Rescaled:N0} rows were not of length 1 and were brought to it"));
        }

        shell.WriteText(meter.Line());
        return CommandLine.Success;
    }

    private static void Write(FileInfo output, IReadOnlyList<SimilarityEdge> edges)
    {
        using var writer = OutputFile.Create(output);
        foreach (var edge in edges)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{edge.U} {edge.V} {edge.Weight:0.000000}"));
        }
    }

    private sealed record Answer(
        string Out, int Rows, int Dimensions, int Rescaled, int UnusableRows, int Edges,
        double CpuSeconds, double Seconds, double ProcessCpuSeconds, double PeakMemoryMegabytes, IReadOnlyList<PhaseCost> Phases);
}
