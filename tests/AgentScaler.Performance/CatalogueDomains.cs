using AgentScaler.Determinism;
using AgentScaler.Graphs;
using AgentScaler.Tools;
using AgentScaler.Tools.Sources;

namespace AgentScaler.Performance;

/// <summary>The domains of a catalogue's tools.</summary>
internal static class CatalogueDomains
{
    /// <summary>Reads the files, screens the tools and finds their domains.</summary>
    /// <param name="paths">Files, folders or globs.</param>
    /// <param name="seed">The root seed.</param>
    public static (int Tools, IReadOnlyList<Domain> Domains) Of(IReadOnlyList<string> paths, Seed seed)
    {
        var files = SourceLocator.Locate(paths, Environment.CurrentDirectory).Files;
        var import = CatalogueImporter.Import(files.Select(file => CatalogueDocument.Of(File.ReadAllBytes(file.Path), file.Name)), new ToolSettings());
        var graphs = new GraphSettings();
        return (import.Tools.Count, DomainFinder.Partition(ToolGraph.Build(import.Tools, graphs, seed.Child("graphs")), graphs, seed.Child("graphs")).Domains);
    }
}
