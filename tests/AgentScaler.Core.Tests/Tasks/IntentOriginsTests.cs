using System.Text.Json;
using AgentScaler.Core.Tests.Environments;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Tasks;

public sealed class IntentOriginsTests
{
    private static readonly ToolBinding Shows = new() { Kind = OperationKind.List, Collection = "books", ResultPath = "", ResultFields = new(StringComparer.Ordinal) { ["pages"] = "pages", ["number"] = "book_id" } };

    /// <summary>What stands in a result by chance is no source.</summary>
    [Theory]
    [InlineData("""{"number":7}""", "[]", "0.number")]
    [InlineData("""{"pages":7}""", "[]", null)]
    [InlineData("""{"pages":2}""", "[]", null)]
    [InlineData("""{"pages":1204}""", "[]", "1.pages")]
    [InlineData("""{"loud":true}""", "[]", null)]
    [InlineData("""{"title":"Dune"}""", "[]", "0.title")]
    [InlineData("""{"pages":41}""", """["pages"]""", "0.weight")]
    public void Of_UnsaidValueThatAResultShows_ComesFromThereUnlessByChance(string argument, string edges, string? path)
    {
        var list = LibraryEnvironment.Tool("list_shelf", false, """{"type":"object","properties":{}}""", "x", Shows);
        var change = LibraryEnvironment.Tool("change", true,
            """{"type":"object","properties":{"number":{"type":"integer"},"pages":{"type":"integer"},"loud":{"type":"boolean"},"title":{"type":"string"}}}""", "x",
            new ToolBinding { Kind = OperationKind.Update, Collection = "books", KeyParameter = "number", Fields = new(StringComparer.Ordinal) { ["pages"] = "pages", ["title"] = "title" } });
        var gold = new GoldCall("list_shelf", LibraryEnvironment.Json("{}"), [], false,
            """[{"number":7,"pages":300,"weight":41,"title":"Dune","loud":true},{"number":8,"pages":1204,"weight":52,"title":"Emma","loud":false}]""");
        var dependencies = JsonElement.Parse(edges).EnumerateArray()
            .Select(parameter => new DependencyEdge("list_shelf", "[].weight", "change", parameter.GetString()!, 1, DependencyKind.Entity, "weight", IsDeclared: true)).ToList();

        var origin = new IntentOrigins(LibraryEnvironment.Package(list, change), dependencies).Of(change, LibraryEnvironment.Json(argument).EnumerateObject().First(), "Change it.", [gold]);

        Assert.Equal(path, origin?.Path);
        Assert.Equal(path is null ? null : OriginKind.State, origin?.Kind);
    }
}
