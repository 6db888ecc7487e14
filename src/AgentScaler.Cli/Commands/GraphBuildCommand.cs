using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AgentScaler.Cli.Output;
using AgentScaler.Determinism;
using AgentScaler.Graphs;
using AgentScaler.Json;
using AgentScaler.Tools;
using AgentScaler.Tools.Sources;
using Spectre.Console;

namespace AgentScaler.Cli.Commands;

/// <summary><c>graph build</c>: from tools to domains, each stage written down and measured.</summary>
internal static class GraphBuildCommand
{
    private static readonly JsonSerializerOptions Indented = new(ArtifactJson.Options) { WriteIndented = true };

    public static Command Create(Shell shell)
    {
        var tools = new Argument<string[]>("tools") { Description = "What 'tools import' wrote, or any catalogues: files, folders or globs", Arity = ArgumentArity.OneOrMore };
        var output = new Option<DirectoryInfo>("--out") { Description = "The folder to write", Required = true };
        var seed = new Option<long>("--seed") { Description = "The campaign's seed", DefaultValueFactory = _ => 1 };
        var command = new Command(
            "build",
            """
            Build the tool graph and its domains: embeddings, similarity edges, communities, domains with their dependencies

            The folder holds edges.txt.gz ('u v cosine'; node i is line i, from 0, of nodes.txt), communities.txt ('node community'),
            domains.jsonl, dependencies.txt (domain, kind and evidence of each edge between tools), and stats.json: seconds, CPU seconds and peak memory of each phase, threshold, edges, modularity, sizes, and the
            tools in no domain with their reasons.

            Example:
              agentscaler graph build tools.jsonl --out graph
            """)
        {
            tools, output, seed,
        };
        command.SetAction((parse, token) => RunAsync(
            shell, parse.GetValue(tools)!, parse.GetValue(output)!, Seed.Root(parse.GetValue(seed)).Child("graphs"), shell.WantsJson(parse), token));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, string[] sources, DirectoryInfo folder, Seed seed, bool json, CancellationToken cancellationToken)
    {
        var meter = new ResourceMeter(shell.Clock);
        Begin("import");
        var import = await ImportAsync(shell, sources, cancellationToken);
        if (import.Tools.Count == 0)
        {
            throw new UsageException("the sources hold no usable tool; 'tools import' tells why");
        }

        var settings = new GraphSettings();
        var graph = ToolGraph.Build(import.Tools, settings, seed, phase => Begin(phase.ToString().ToLowerInvariant()), cancellationToken);
        Begin("domains");
        var partition = DomainFinder.Partition(graph, settings, seed, cancellationToken);
        Begin("writing");
        Write(folder, graph, partition);
        meter.End();
        var measured = new Measured(import.Report.Totals, meter.Seconds, meter.Phases.Sum(cost => cost.CpuSeconds), ResourceMeter.PeakMemoryMegabytes, meter.Phases, partition.Stats);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "stats.json"), JsonSerializer.Serialize(measured, Indented) + "\n", cancellationToken);
        if (json)
        {
            shell.WriteJson(measured with { Graph = partition.Stats with { Isolates = [] } });
            return CommandLine.Success;
        }

        var stats = partition.Stats;
        shell.WriteText(string.Create(CultureInfo.InvariantCulture, $"{stats.Tools:N0} tools, {stats.Edges:N0} edges above {stats.Threshold} ({stats.MeanDegree:0.0} a tool), modularity {stats.Modularity:0.0000}, {stats.Communities:N0} communities of 2 or more"));
        shell.WriteText(string.Create(CultureInfo.InvariantCulture, $"{stats.Domains:N0} domains of {settings.MinimumTools}-{settings.MaximumTools} tools{(stats.Composites > 0 ? $" ({stats.Composites:N0} composite)" : "")}, {stats.Dependencies:N0} dependencies; sizes {string.Join(", ", stats.Sizes.Select(size => $"{size.Tools}: {size.Domains}"))}"));
        shell.WriteText(string.Create(CultureInfo.InvariantCulture, $"{stats.Isolates.Count:N0} tools in no domain: {string.Join(", ", stats.Isolates.GroupBy(isolate => isolate.Reason).OrderBy(group => group.Key).Select(group => $"{group.Key} {group.Count()}"))}"));
        shell.WriteText(folder.FullName);
        shell.WriteText(meter.Line());
        return CommandLine.Success;

        void Begin(string phase)
        {
            meter.Begin(phase);
            shell.Error.WriteLine(phase + " ...");
        }
    }

    private static async Task<ImportOutcome> ImportAsync(Shell shell, string[] sources, CancellationToken cancellationToken)
    {
        var located = SourceLocator.Locate(sources, Directory.GetCurrentDirectory());
        var importer = new CatalogueImporter(new ToolSettings());
        foreach (var file in located.Files)
        {
            try
            {
                importer.Add(CatalogueDocument.Of(await File.ReadAllBytesAsync(file.Path, cancellationToken), file.Name));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                shell.Error.WriteLine($"{file.Name}: not read: {e.Message}");
            }
        }

        foreach (var file in located.Skipped)
        {
            shell.Error.WriteLine($"{file.Name}: not read: {file.Reason}");
        }

        return importer.Finish();
    }

    private static void Write(DirectoryInfo folder, ToolGraph graph, DomainPartition partition)
    {
        Lines(folder, "nodes.txt", graph.Tools.Select(tool => tool.Name));
        Lines(folder, "edges.txt.gz", graph.Edges.Select(edge => string.Create(CultureInfo.InvariantCulture, $"{edge.U} {edge.V} {edge.Weight:0.000000}")));
        Lines(folder, "communities.txt", graph.Communities.Select((community, node) => string.Create(CultureInfo.InvariantCulture, $"{node} {community}")));
        Lines(folder, "dependencies.txt", partition.Domains.SelectMany(domain => domain.Dependencies.Select(edge => $"{domain.Name}\t{edge.Kind.ToString().ToLowerInvariant()}\t{edge.Evidence}")));
        Lines(folder, "domains.jsonl", partition.Domains.Select(domain => JsonSerializer.Serialize(domain, ArtifactJson.Options)));
    }

    private static void Lines(DirectoryInfo folder, string name, IEnumerable<string> lines)
    {
        using var writer = OutputFile.Create(new FileInfo(Path.Combine(folder.FullName, name)));
        foreach (var line in lines)
        {
            writer.WriteLine(line);
        }
    }

    private sealed record Measured(
        ImportTotals Import, double Seconds, double CpuSeconds, double PeakMemoryMegabytes, IReadOnlyList<PhaseCost> Phases, GraphStats Graph);
}
