using AgentScaler.Tools;
using AgentScaler.Tools.Screening;

namespace AgentScaler.Core.Tests.Tools;

public sealed class ScreeningTests
{
    [Theory]
    [InlineData("getHTTPResponse2Code", "get_http_response2_code")]
    [InlineData("already_callable_2", "already_callable_2")]
    [InlineData("Library.Books-list", "library_books_list")]
    [InlineData("créerDépôt", "creer_depot")]
    [InlineData("2fa/enable", "tool_2fa_enable")]
    [InlineData("GET /books/{id}", "get_books_id")]
    [InlineData("ls", null)]
    [InlineData("文案分析工具", null)]
    [InlineData("", null)]
    public void Callable_Name_IsMadeAFunctionName(string name, string? expected) => Assert.Equal(expected, ToolName.Callable(name));

    [Fact]
    public void Import_LongNames_AreCutAndStayUnique()
    {
        var lines = Enumerable.Range(1, 3).Select(i =>
            $$"""{"name":"get_{{string.Concat(Enumerable.Repeat("very_", 20))}}long_{{i}}","description":"Gets number {{i}} of them","parameters":{"properties":{"p{{i}}":{} } } }""");

        var names = Catalogue.Import(string.Join('\n', lines)).Tools.Select(t => t.Name).ToArray();

        Assert.Equal(3, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[a-z][a-z0-9_]{2,63}$", name));
    }

    [Fact]
    public void Import_SameNameWithOtherParameters_GetsASuffix()
    {
        var outcome = Catalogue.Import("""
            {"name":"getItem","description":"Gets an item by id","parameters":{"properties":{"id":{}}}}
            {"name":"get_item","description":"Gets an item by code","parameters":{"properties":{"code":{}}}}
            """);

        Assert.Equal([("get_item", "getItem"), ("get_item_2", "get_item")], outcome.Tools.Select(t => (t.Name, t.OriginalName)));
    }

    [Fact]
    public void Import_SameNameTokensAndParameters_AreNearDuplicates()
    {
        var outcome = Catalogue.Import("""
            {"name":"getItem","description":"Gets an item by id","parameters":{"properties":{"id":{}}}}
            {"name":"item_get","description":"Reads the item of an id","parameters":{"properties":{"id":{"type":"string"}}}}
            """);

        Assert.Equal("getItem", outcome.Only().OriginalName);
        var reject = Assert.Single(outcome.Report.Rejects);
        Assert.Equal(("item_get", "duplicate.near", "line 2"), (reject.OriginalName, reject.Reason, reject.Place));
        Assert.EndsWith("line 1", reject.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"ls","description":"Lists a folder's files","parameters":{}}""", "name.unusable")]
    [InlineData("""{"name":"list_files","parameters":{}}""", "description.missing")]
    [InlineData("""{"name":"list_files","description":"<p> files </p>","parameters":{}}""", "description.short")]
    [InlineData("""{"name":"weather_now","description":"Weather at this moment","parameters":{}}""", "returns.unknown")]
    public void Import_BadTool_IsRejectedCountedAndListed(string line, string reason)
    {
        var report = Catalogue.Import(line).Report;

        Assert.Equal(reason, Assert.Single(report.Rejects).Reason);
        Assert.Equal(1, report.Totals.RejectedByReason[reason]);
        Assert.Equal((1, 0, 1), (report.Totals.Read, report.Totals.Kept, report.Totals.Rejected));
        Assert.Equal(1, Assert.Single(report.Documents).Rejected[reason]);
    }

    [Theory]
    [InlineData("""{"name":"weather_now","description":"Weather at this moment","parameters":{},"returns":{"type":"string"}}""")]
    [InlineData("""{"name":"weather_now","description":"Retrieves the weather","parameters":{}}""")]
    [InlineData("""{"name":"weather_now","description":"Weather at this moment","parameters":{},"method":"GET"}""")]
    [InlineData("""{"name":"fetchWeather","description":"Weather at this moment","parameters":{}}""")]
    public void Import_ResultThatIsDeclaredOrTold_IsKept(string line) => Assert.Single(Catalogue.Import(line).Tools);

    [Fact]
    public void Import_TooManyParameters_IsRejectedAtTheLimitGiven()
    {
        var line = """{"name":"make_thing","description":"Makes a thing of parts","parameters":{"properties":{"a":{},"b":{},"c":{}}}}""";

        Assert.Single(Catalogue.Import(new ToolSettings { MaximumParameters = 3 }, line).Tools);
        Assert.Equal("parameters.too-many", Assert.Single(Catalogue.Import(new ToolSettings { MaximumParameters = 2 }, line).Report.Rejects).Reason);
    }

    [Theory]
    [InlineData("\"summary\":\"Shows one book\",\"description\":\"Shows one book of the library.\"", "Shows one book of the library.")]
    [InlineData("\"summary\":\"Shows one book.\",\"description\":\"Needs a *valid* `id`.\"", "Shows one book. Needs a valid id.")]
    [InlineData("\"description\":\"# Books\\n\\nShows [one](https://x.org/y) book\"", "Books Shows one book")]
    [InlineData("\"summary\":\"Books\"", "Get book by id")]
    public void Import_OperationDescriptions_FallBackToTheName(string members, string expected)
    {
        var document = Catalogue.OpenApi($$"""{"/books/{id}":{"get":{"operationId":"getBookById",{{members}} } } }""");

        Assert.Equal(expected, Catalogue.Import(document).Only().Description);
    }

    [Fact]
    public void Import_OperationWithoutAnyName_IsNamedAfterItsRoute()
    {
        var tool = Catalogue.Import(Catalogue.OpenApi("""{"/books/{book_id}/pages":{"get":{}}}""")).Only();

        Assert.Equal(("get_books_by_book_id_pages", "GET /books/{book_id}/pages", "Get books by book id pages"), (tool.Name, tool.OriginalName, tool.Description));
    }

    [Theory]
    [InlineData("snake_case_name stays, 2 * 3 * 4 too", "snake_case_name stays, 2 * 3 * 4 too")]
    [InlineData("<ul><li>one</li><li>two</li></ul><!-- hidden -->", "one two")]
    [InlineData("a &lt;id&gt; in <country>-<lang>", "a <id> in <country>-<lang>")]
    [InlineData("- **first**\n- second\n\n> quoted ![pic](a.png)", "first second quoted pic")]
    [InlineData("zero\u200bwidth\u0000and\ttabs", "zero width and tabs")]
    public void Of_Markup_IsPlainText(string text, string expected) => Assert.Equal(expected, PlainText.Of(text));

    [Fact]
    public void Of_LongText_IsCutAtAWord()
    {
        var text = PlainText.Of(string.Concat(Enumerable.Repeat("word 😀 ", 500)));

        Assert.InRange(text.Length, 550, 600);
        Assert.EndsWith("…", text, StringComparison.Ordinal);
        Assert.False(text.Any(char.IsSurrogate) && char.IsHighSurrogate(text[^2]));
    }

    [Theory]
    [InlineData(8, 5, true)]
    [InlineData(8, 4, false)]
    [InlineData(7, 7, false)]
    public void Import_ParameterThatMostToolsShare_IsMarkedFromEightToolsOn(int tools, int sharing, bool marked)
    {
        var lines = Enumerable.Range(0, tools).Select(i =>
            $$"""{"provider":"Shop","name":"get_thing_{{i}}","description":"Gets the thing number {{i}}","parameters":{"properties":{"id_{{i}}":{ }{{(i < sharing ? ",\"api_version\":{},\"key\":{\"x-in\":\"path\"}" : "")}} } } }""");

        var tool = Catalogue.Import(string.Join('\n', lines)).Tools[0];

        Assert.Equal(marked, tool.Property("api_version").TryGetProperty("x-boilerplate", out _));
        Assert.False(tool.Property("key").TryGetProperty("x-boilerplate", out _));
        Assert.False(tool.Property("id_0").TryGetProperty("x-boilerplate", out _));
    }

    [Fact]
    public void Import_BoilerplateOfOthers_DoesNotChangeAToolsId()
    {
        static string Line(int i) => $$"""{"provider":"Shop","name":"get_thing_{{i}}","description":"Gets the thing number {{i}}","parameters":{"properties":{"api_version":{} } } }""";

        var alone = Catalogue.Import(Line(0)).Only();
        var amongMany = Catalogue.Import(string.Join('\n', Enumerable.Range(0, 9).Select(Line))).Tools[0];

        Assert.Equal(alone.Id, amongMany.Id);
        Assert.True(amongMany.Property("api_version").GetProperty("x-boilerplate").GetBoolean());
    }
}
