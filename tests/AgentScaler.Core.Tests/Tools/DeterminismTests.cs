using AgentScaler.Json;
using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Tools;

public sealed class DeterminismTests
{
    [Fact]
    public void Import_DocumentsInAnyOrderUnderAnyName_GiveTheSameBytes()
    {
        var documents = Catalogue.Sample();
        var expected = Bytes(CatalogueImporter.Import(documents, new ToolSettings()));

        var reversed = CatalogueImporter.Import(documents.Reverse(), new ToolSettings());
        var renamed = CatalogueImporter.Import(documents.Select((d, i) => d with { Name = $"other/{i}.yaml" }), new ToolSettings());
        var repeated = CatalogueImporter.Import(documents.Concat(documents), new ToolSettings());

        Assert.All((ImportOutcome[])[reversed, renamed, repeated], outcome => Assert.Equal(expected, Bytes(outcome)));
    }

    [Fact]
    public void Import_ToolListWithoutTitle_NamesItsProviderByContent()
    {
        var document = """[{"type":"function","name":"get_weather","description":"Gets the weather of a city"}]""";

        var outcome = Catalogue.Import(document);

        Assert.Equal("document-" + outcome.Report.Documents[0].Sha256[..12], outcome.Only().Source.Provider);
    }

    [Fact]
    public void Named_Report_ShowsTheNamesPeopleKnow()
    {
        var documents = Catalogue.Sample();
        var names = documents.ToDictionary(d => d.Sha256, d => "samples/" + d.Name);

        var report = CatalogueImporter.Import(documents.Select(d => d with { Name = null }), new ToolSettings(), names).Report;

        Assert.All(report.Documents, d => Assert.Equal(names[d.Sha256], d.Name));
    }

    private static string Bytes(ImportOutcome outcome) =>
        string.Join('\n', outcome.Tools.Select(CanonicalJson.Serialize))
        + CanonicalJson.Serialize(outcome.Report with { Documents = [.. outcome.Report.Documents.Select(d => d with { Name = null })] });
}
