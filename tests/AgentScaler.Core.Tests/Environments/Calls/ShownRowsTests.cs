using System.Text.Json;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Packages;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Environments.Calls;

public sealed class ShownRowsTests
{
    [Theory]
    [InlineData("", """[null,{"id":"b1"},7,{"id":"b2"},{"id":"b3"}]""")]
    [InlineData("items", """{"items":[null,{"id":"b1"},7,{"id":"b2"},{"id":"b3"}]}""")]
    public void Of_ListWithOthersThanRows_GivesThePlacesWhereRowsStand(string path, string result)
    {
        var root = JsonElement.Parse(result);

        var rows = ShownRows.Of(new ToolBinding { Kind = OperationKind.List, Collection = "books", ResultPath = path }, root, positions: 2).ToList();

        Assert.Equal(["b1", "b2"], rows.Select(row => ResultPath.Find(root, row.Path + ".id")?.GetString()));
        Assert.All(rows, row => Assert.True(JsonElement.DeepEquals(row.Row, ResultPath.Find(root, row.Path)!.Value)));
    }
}
