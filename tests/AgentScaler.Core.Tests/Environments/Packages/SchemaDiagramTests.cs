using AgentScaler.Environments.Packages;

namespace AgentScaler.Core.Tests.Environments.Packages;

public sealed class SchemaDiagramTests
{
    [Fact]
    public void Of_SchemaWithReference_DrawsKeysEnumsAndTheLine()
    {
        var diagram = SchemaDiagram.Of(LibraryEnvironment.Package().Schema);

        Assert.StartsWith("erDiagram\n", diagram, StringComparison.Ordinal);
        Assert.Contains("    string book_id PK\n", diagram, StringComparison.Ordinal);
        Assert.Contains("    string book_id FK\n", diagram, StringComparison.Ordinal);
        Assert.Contains("    string status \"available, lent, lost\"\n", diagram, StringComparison.Ordinal);
        Assert.Contains("  books ||--o{ loans : book_id\n", diagram, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NamesMermaidCanNotTake_AreMadeWords()
    {
        var collection = new CollectionSpec("rows", "row", "$.id", null,
        [
            new FieldSpec("$.id", LibraryEnvironment.Json("""{"type":"string"}"""), Required: true),
            new FieldSpec("2nd name", LibraryEnvironment.Json("""{"enum":["a \"b\""]}""")),
        ]);

        var diagram = SchemaDiagram.Of(new EnvironmentSchema([collection]));

        Assert.Contains("    string __id PK\n", diagram, StringComparison.Ordinal);
        Assert.Contains("    any _2nd_name \"a 'b'; optional\"\n", diagram, StringComparison.Ordinal);
    }
}
