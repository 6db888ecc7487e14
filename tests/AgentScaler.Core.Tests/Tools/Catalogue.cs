using System.Text;
using System.Text.Json;
using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Tools;

/// <summary>Catalogue documents for tests.</summary>
internal static class Catalogue
{
    public static ImportOutcome Import(params IEnumerable<string> texts) => Import(new ToolSettings(), texts);

    public static ImportOutcome Import(ToolSettings settings, params IEnumerable<string> texts) =>
        CatalogueImporter.Import(texts.Select(text => CatalogueDocument.Of(Encoding.UTF8.GetBytes(text))), settings);

    /// <summary>The files of a folder of the shared corpora; skips the test where they are absent.</summary>
    public static string Corpus(string relative)
    {
        var path = SharedData.Find("corpora/" + relative);
        Skip.If(path is null, $"needs shared/corpora/{relative} beside the repository, or AGENTSCALER_SHARED");
        return path!;
    }

    /// <summary>The sample catalogue of the command line.</summary>
    public static IReadOnlyList<CatalogueDocument> Sample()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var samples = Path.Combine(folder.FullName, "src", "AgentScaler.Cli", "Samples");
            if (Directory.Exists(samples))
            {
                return [.. Directory.GetFiles(samples, "*.json").Order(StringComparer.Ordinal).Select(f => CatalogueDocument.Of(File.ReadAllBytes(f), Path.GetFileName(f)))];
            }
        }

        throw new DirectoryNotFoundException("src/AgentScaler.Cli/Samples, searched upwards from the tests");
    }

    /// <summary>An OpenAPI document with the given paths and components, in JSON.</summary>
    public static string OpenApi(string paths, string components = "{}", string title = "Shop", string version = "3.0.3") =>
        $$"""{"openapi":"{{version}}","info":{"title":"{{title}}","version":"1"},"paths":{{paths}},"components":{{components}}}""";

    /// <summary>An OpenAPI document with one operation, <c>POST /things</c>, given its members after the summary.</summary>
    public static string Operation(string members, string components = "{}", string path = "/things", string method = "post") =>
        OpenApi($$"""{"{{path}}":{"{{method}}":{"operationId":"doThing","summary":"Does something to a thing",{{members}} } } }""", components);

    /// <summary>The one tool of an outcome.</summary>
    public static ToolSpec Only(this ImportOutcome outcome) => Assert.Single(outcome.Tools);

    public static JsonElement Property(this ToolSpec tool, string name) => tool.Parameters.GetProperty("properties").GetProperty(name);

    public static string[] PropertyNames(this ToolSpec tool) =>
        [.. tool.Parameters.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)];

    public static string[] Required(this ToolSpec tool) =>
        [.. tool.Parameters.GetProperty("required").EnumerateArray().Select(r => r.GetString()!)];

    public static ImportProblem[] Problems(this ImportOutcome outcome) => [.. outcome.Report.Documents.SelectMany(d => d.Problems)];
}
