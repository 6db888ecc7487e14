using System.Text.Json;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Tasks;

public sealed class HandedValuesTests : LibraryTaskTests
{
    [Fact]
    public void For_ResultShowsOneValue_HandsItOnWithItsPlace()
    {
        var handed = Handed();
        handed.Add(Tool("search_books"), 0, JsonElement.Parse("""{"items":[{"publisher":{"account":"acc-7"}},{"publisher":{"account":"acc-7"}}]}"""));

        var value = Assert.Single(handed.For(Tool("create_loan"), 1)["account"]);
        Assert.Equal((0, "items.0.publisher.account", "acc-7"), (value.Step, value.Path, value.Value.GetString()));
        Assert.Empty(handed.For(Tool("get_book"), 1));
    }

    [Theory]
    [InlineData("""{"items":[{"publisher":{"account":"acc-7"}},{"publisher":{"account":"acc-8"}}]}""")]
    [InlineData("""{"items":[]}""")]
    [InlineData("""{"items":[{"publisher":{"account":null}}]}""")]
    [InlineData("""{"account":"acc-7"}""")]
    public void For_ResultShowsSeveralOrNone_HandsNothingOn(string result)
    {
        var handed = Handed();
        handed.Add(Tool("search_books"), 0, JsonElement.Parse(result));

        Assert.Empty(handed.For(Tool("create_loan"), 1));
    }

    [Theory]
    [InlineData("""{"items":[{"publisher":{"accounts":["acc-7"]}}]}""", "acc-7")]
    [InlineData("""{"items":[{"publisher":{"accounts":[]}}]}""", null)]
    public void For_ListOfValues_HandsOnTheOnlyOneAndNeverHowManyThereAre(string result, string? value)
    {
        var handed = new HandedValues([new DependencyEdge("search_books", "items[].publisher.accounts[]", "create_loan", "account", 0.9, DependencyKind.Reference, "id of account", IsDeclared: true)]);
        handed.Add(Tool("search_books"), 0, JsonElement.Parse(result));

        Assert.Equal(value, handed.For(Tool("create_loan"), 1)["account"].SingleOrDefault()?.Value.GetString());
    }

    [Fact]
    public void For_CallAfterwardsThatShowsOtherThingsOfTheKind_CountsInsteadUntilItIsForgotten()
    {
        var handed = Handed();
        handed.Add(Tool("search_books"), 0, JsonElement.Parse("""{"items":[{"publisher":{"account":"acc-7"}}]}"""));
        handed.Add(Tool("get_book"), 1, JsonElement.Parse("""{"book_id":"b-1"}"""));

        Assert.Empty(handed.For(Tool("create_loan"), 2));
        Assert.Single(handed.For(Tool("create_loan"), 1)["account"]);
        handed.Forget(1);
        Assert.Single(handed.For(Tool("create_loan"), 2)["account"]);
        handed.Forget(0);
        Assert.Empty(handed.For(Tool("create_loan"), 2));
    }

    private static HandedValues Handed() => new([new DependencyEdge("search_books", "items[].publisher.account", "create_loan", "account", 0.9, DependencyKind.Reference, "id of account", IsDeclared: true)]);

    private PackageTool Tool(string name) => Library.Package.Tools.First(tool => tool.Name == name);
}
