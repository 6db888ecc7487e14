using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using AgentScaler.Cli.Output;
using AgentScaler.Determinism;
using AgentScaler.Graphs;
using AgentScaler.Json;
using Spectre.Console;

namespace AgentScaler.Cli.Commands;

/// <summary><c>graph communities</c>: community detection on any edge list.</summary>
internal static class GraphCommunitiesCommand
{
    /// <summary>A graph of up to so many edges is searched from <see cref="ManyStarts"/> seeds: it costs nothing and small graphs vary most.</summary>
    private const int FewEdges = 10_000;

    private const int ManyStarts = 10;

    public static Command Create(Shell shell)
    {
        var edges = new Argument<FileInfo>("edges") { Description = "Lines 'u v [weight]', whole numbers from 0 (gzip allowed); blank lines and lines after # or % are passed over" };
        var output = new Option<FileInfo>("--out") { Description = "Where the communities go", Required = true };
        var seed = new Option<long>("--seed") { Description = "Order in which nodes are visited", DefaultValueFactory = _ => 1 };
        var resolution = new Option<double>("--resolution") { Description = "Above 0; higher gives more and smaller communities", DefaultValueFactory = _ => 1 };
        var starts = new Option<int?>("--starts") { Description = $"Seeds to search from, 1-100, the best kept; {ManyStarts} for a graph of up to {FewEdges} edges, else 1" };
        resolution.Validators.Add(result => Check(result.Tokens, text => double.TryParse(text, CultureInfo.InvariantCulture, out var value) && value > 0 && double.IsFinite(value), "--resolution: expected a number above 0", result.AddError));
        starts.Validators.Add(result => Check(result.Tokens, text => int.TryParse(text, CultureInfo.InvariantCulture, out var value) && value is >= 1 and <= 100, "--starts: expected 1-100", result.AddError));
        var command = new Command(
            "communities",
            """
            Find the communities of a graph: Louvain with connected communities; parallel edges add up

            The output has a line 'node community' for each node of the file, by node; communities are numbered from 0 in the order of their
            first nodes. A name that ends in .json gives {"modularity", "communities": [[node, ...], ...], "isolates": [node, ...]} instead,
            where communities have 2 or more nodes. '.gz' packs either.

            Example:
              agentscaler graph communities edges.txt.gz --out communities.txt --seed 1
            """)
        {
            edges, output, seed, resolution, starts,
        };
        command.SetAction((parse, token) => Task.FromResult(Run(
            shell, parse.GetValue(edges)!, parse.GetValue(output)!, Seed.Root(parse.GetValue(seed)), parse.GetValue(resolution), parse.GetValue(starts), shell.WantsJson(parse), token)));
        return command;
    }

    private static int Run(Shell shell, FileInfo edges, FileInfo output, Seed seed, double resolution, int? starts, bool json, CancellationToken cancellationToken)
    {
        if (!edges.Exists)
        {
            throw new UsageException($"'{edges}' does not exist, expected an edge list");
        }

        var meter = new ResourceMeter(shell.Clock);
        meter.Begin("reading");
        var list = EdgeListReader.ReadFile(edges.FullName);
        var graph = list.ToGraph();
        foreach (var problem in list.Problems)
        {
            shell.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{edges.Name}, line {problem.Line}: found '{problem.Found}'; expected {EdgeListReader.Expected}; it is left out"));
        }

        meter.Begin("detection");
        var found = Louvain.FindBest(graph, resolution, seed, starts ?? (list.Edges.Count <= FewEdges ? ManyStarts : 1), cancellationToken);
        meter.Begin("writing");
        var modularity = Math.Round(Modularity.Of(graph, found), 6);
        var members = found.Select((community, i) => (Community: community, Node: list.Nodes[i])).GroupBy(item => item.Community, item => item.Node).Select(group => group.ToArray()).ToList();
        Write(output, list.Nodes, found, members, modularity);
        meter.End();
        var answer = new Answer(
            output.FullName, list.Nodes.Count, list.Edges.Count, list.ProblemCount, modularity, members.Count(nodes => nodes.Length > 1), members.Count(nodes => nodes.Length == 1),
            members.Max(nodes => nodes.Length), meter.CpuSeconds("detection"), meter.Seconds, ResourceMeter.ProcessCpuSeconds, ResourceMeter.PeakMemoryMegabytes, meter.Phases);
        if (json)
        {
            shell.WriteJson(answer);
            return CommandLine.Success;
        }

        shell.WriteText(string.Create(CultureInfo.InvariantCulture, $"modularity {modularity:0.00000}{(resolution == 1 ? "" : " (at resolution 1)")}"));
        shell.WriteText(string.Create(CultureInfo.InvariantCulture, $"{answer.Communities:N0} communities of 2 or more nodes, the largest of {answer.Largest:N0}; {answer.Isolates:N0} nodes alone"));
        shell.WriteText(string.Create(CultureInfo.InvariantCulture, $"{answer.Nodes:N0} nodes, {answer.Edges:N0} edges, {answer.BadLines:N0} lines left out: {answer.Out}"));
        shell.WriteText(meter.Line());
        return CommandLine.Success;
    }

    private static void Write(FileInfo output, IReadOnlyList<int> nodes, int[] found, List<int[]> members, double modularity)
    {
        using var writer = OutputFile.Create(output);
        if (output.Name.EndsWith(".json", StringComparison.Ordinal) || output.Name.EndsWith(".json.gz", StringComparison.Ordinal))
        {
            var document = new CommunityDocument(modularity, [.. members.Where(group => group.Length > 1)], [.. members.Where(group => group.Length == 1).Select(group => group[0])]);
            writer.WriteLine(JsonSerializer.Serialize(document, ArtifactJson.Options));
            return;
        }

        for (var i = 0; i < found.Length; i++)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{nodes[i]} {found[i]}"));
        }
    }

    private static void Check(IReadOnlyList<System.CommandLine.Parsing.Token> tokens, Func<string, bool> isValid, string complaint, Action<string> onError)
    {
        if (tokens.Any(token => !isValid(token.Value)))
        {
            onError(complaint);
        }
    }

    private sealed record CommunityDocument(double Modularity, IReadOnlyList<int[]> Communities, IReadOnlyList<int> Isolates);

    private sealed record Answer(
        string Out, int Nodes, int Edges, long BadLines, double Modularity, int Communities, int Isolates, int Largest,
        double CpuSeconds, double Seconds, double ProcessCpuSeconds, double PeakMemoryMegabytes, IReadOnlyList<PhaseCost> Phases);
}
