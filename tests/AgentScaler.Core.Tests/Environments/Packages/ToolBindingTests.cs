using AgentScaler.Environments.Packages;

namespace AgentScaler.Core.Tests.Environments.Packages;

public sealed class ToolBindingTests
{
    [Theory]
    [InlineData("", "id", "book_id")]
    [InlineData("", "author.id", "author_id")]
    [InlineData("", "[].id", "book_id")]
    [InlineData("", "title", null)]
    [InlineData("items", "items[].id", "book_id")]
    [InlineData("items", "items[].author.id", "author_id")]
    [InlineData("items", "items_id", null)]
    [InlineData("items", "total", null)]
    [InlineData("items", "id", null)]
    [InlineData("page.items", "page.items[].id", "book_id")]
    [InlineData(null, "id", null)]
    public void FieldAt_PlaceInTheResult_IsTheFieldOfTheRowThere(string? path, string place, string? field) =>
        Assert.Equal(field, Binding(path, ("id", "book_id"), ("author.id", "author_id")).FieldAt(place));

    [Theory]
    [InlineData("names", "names[]")]
    [InlineData("", "[]")]
    public void FieldAt_ListOfBareKeys_IsTheKey(string path, string place) =>
        Assert.Equal("name", Binding(path, (ToolBinding.Itself, "name")).FieldAt(place));

    private static ToolBinding Binding(string? path, params (string Property, string Field)[] fields)
    {
        var binding = new ToolBinding { Kind = OperationKind.List, Collection = "books", ResultPath = path };
        foreach (var (property, field) in fields)
        {
            binding.ResultFields[property] = field;
        }

        return binding;
    }
}
