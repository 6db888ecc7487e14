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
    public void Import_ToolsInChinese_GetCallableNamesOfTheirOwnAndKeepTheirs()
    {
        var outcome = Catalogue.Import("""
            {"name":"获取用户Token","description":"获取用户的令牌","parameters":{"properties":{"用户名":{"type":"string"}}}}
            {"name":"删除用户Token","description":"删除用户的令牌","parameters":{"properties":{"用户名":{"type":"string"}}}}
            {"name":"文案分析工具","description":"分析一段文案的情感","parameters":{"properties":{"文案":{"type":"string"}}}}
            """);

        Assert.Equal(["删除用户Token", "文案分析工具", "获取用户Token"], outcome.Tools.Select(t => t.OriginalName).Order(StringComparer.Ordinal));
        Assert.All(outcome.Tools, t => Assert.Matches("^(token|tool)_[0-9a-f]{8}$", t.Name));
        Assert.Equal(3, outcome.Tools.Select(t => t.Name).Distinct().Count());
    }

    [Fact]
    public void Import_OperationWithAForeignId_IsNamedByItsRoute()
    {
        var outcome = Catalogue.Import(Catalogue.OpenApi("""{"/books":{"get":{"operationId":"列出书籍","summary":"Lists all books"}}}"""));

        Assert.Equal(("get_books", "列出书籍"), (outcome.Only().Name, outcome.Only().OriginalName));
    }

    [Theory]
    [InlineData("MIT", "MIT License", true)]
    [InlineData("Apache-2.0", "Apache License, Version 2.0", true)]
    [InlineData("apache 2.0", "Apache-2.0", true)]
    [InlineData("Apache-2.0", "GPL-2.0", false)]
    [InlineData("MIT", null, false)]
    [InlineData("unknown", null, true)]
    [InlineData("unknown", "MIT", false)]
    public void Import_LicencesOfTheCampaign_DecideWhatIsLetIn(string allowed, string? licence, bool isKept)
    {
        var line = $$"""{"name":"get_it","description":"Gets what is asked","parameters":{},"licence":{{(licence is null ? "null" : $"\"{licence}\"")}} }""";

        var outcome = Catalogue.Import(new ToolSettings { Licences = [allowed] }, line);

        Assert.Equal(isKept ? [] : ["licence.not-allowed"], outcome.Report.Rejects.Select(r => r.Reason));
        Assert.Single(Catalogue.Import(line).Tools);
    }

    [Theory]
    [InlineData("""{"name":"get_it","description":"Gets","parameters":{"properties":{"a":{}}}}""", 0.13)]
    [InlineData("""{"name":"get_it","description":"Gets","parameters":{"properties":{"a":{"type":"string","description":"What it is"}}}}""", 0.53)]
    [InlineData("""{"name":"get_it","description":"one two three four five six seven eight nine ten eleven twelve","parameters":{},"returns":{"properties":{"a":{}}}}""", 1.0)]
    public void Import_Quality_IsWhatItsDefinitionSays(string line, double quality)
    {
        Assert.Equal(quality, Catalogue.Import(new ToolSettings { MinimumDescription = 0 }, line).Only().Quality);
        Assert.Equal(quality < 1 ? ["quality.low"] : [], Catalogue.Import(new ToolSettings { MinimumDescription = 0, MinimumQuality = 1 }, line).Report.Rejects.Select(r => r.Reason));
    }

    [Fact]
    public void Import_AlmostTheSameWords_AreNearDuplicatesOtherNamesAreNot()
    {
        const string Words = "of the shop that the customer asked about, with everything a person at the desk may want to know before answering: title, author, price, weight, "
            + "publisher, language, binding, pages, subjects, stock, shelf, branch, supplier, delivery, discount, reviews, ratings, awards, edition, series and translations.";
        var outcome = Catalogue.Import($$"""
            {"name":"getBook","description":"Gets the book {{Words}}","parameters":{"properties":{"id":{} } } }
            {"name":"get_books_v2","description":"Gets the books {{Words}}","parameters":{"properties":{"id":{} } } }
            {"name":"getRecord","description":"Gets the record {{Words}}","parameters":{"properties":{"id":{} } } }
            {"name":"getBook","description":"Gets the book {{Words}}","parameters":{"properties":{"title":{},"author":{} } } }
            """);

        Assert.Equal("get_books_v2", Assert.Single(outcome.Report.Rejects).OriginalName);
        Assert.Equal("duplicate.near", outcome.Report.Rejects[0].Reason);
    }

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
