using System.Text;
using AgentScaler.Determinism;
using AgentScaler.Json;
using AgentScaler.Tools;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace AgentScaler.Core.Tests.Tools;

public sealed class BadInputTests
{
    private const string Good = """{"name":"get_weather","description":"Gets the weather of a city","parameters":{"properties":{"city":{}}}}""";

    private static readonly byte[][] Sample = [.. Catalogue.Sample().Select(d => d.Bytes.ToArray())];

    [Theory]
    [InlineData("{\"openapi\":\"3.0.0\",\"paths\":{\"/a\":{\"get\":", "broken-json", "json.invalid")]
    [InlineData("{\n  \"openapi\": \"3.0.0\",,\n}", "broken-json", "json.invalid")]
    [InlineData("", "empty", "dialect.unread")]
    [InlineData(" \r\n", "empty", "dialect.unread")]
    [InlineData("[]", "unknown", "dialect.unread")]
    [InlineData("{\"a\":1}", "unknown", "dialect.unread")]
    [InlineData("some words", "unknown", "dialect.unread")]
    [InlineData("<html></html>", "markup", "dialect.unread")]
    [InlineData("openapi: '3.0.0'\npaths: {}\n", "openapi-3", "paths.empty")]
    [InlineData("swagger: \"2.0\"\n", "openapi-2", "paths.missing")]
    [InlineData("name: x\ntools:\n  - y\n", "yaml", "dialect.unread")]
    [InlineData("a,b,c\n1,2,3\n", "csv", "dialect.unread")]
    [InlineData("a: [1, 2\nb: }", "broken-yaml", "yaml.invalid")]
    [InlineData("PK\u0003\u0004rest of an archive", "archive-zip", "dialect.unread")]
    [InlineData("\u0001\u0000\u0002", "binary", "dialect.unread")]
    [InlineData("{\"swagger\":\"2.0\",\"paths\":{}}", "openapi-2", "paths.empty")]
    [InlineData("{\"openapi\":\"4.0.0\",\"paths\":{}}", "openapi", "dialect.unread")]
    [InlineData("{\"openapi\":\"3.1.0\",\"webhooks\":{}}", "openapi-3", "paths.missing")]
    [InlineData("{\"openapi\":\"3.1.0\",\"paths\":{}}", "openapi-3", "paths.empty")]
    public void Import_DocumentThatIsNotRead_IsNamedAndTheRestImported(string text, string dialect, string code)
    {
        var outcome = Catalogue.Import(text, Good);

        Assert.Equal("get_weather", outcome.Only().Name);
        var document = Assert.Single(outcome.Report.Documents, d => d.Read == 0);
        Assert.Equal(dialect, document.Dialect);
        var problem = Assert.Single(document.Problems);
        Assert.Equal(code, problem.Code);
        Assert.All((string[])[problem.Place, problem.Found, problem.Expected], part => Assert.NotEqual("", part));
    }

    [Fact]
    public void Import_BrokenJson_NamesLineAndByte()
    {
        Assert.Equal("line 2, byte 20", Assert.Single(Catalogue.Import("{\n  \"openapi\": \"3.0\",,\n}").Problems()).Place);
    }

    [Theory]
    [InlineData("../common.json#/Pet")]
    [InlineData("/etc/passwd")]
    [InlineData("file:///etc/passwd#/x")]
    [InlineData("https://example.org/pet.json")]
    [InlineData("//example.org/pet.json")]
    public void Import_ExternalReference_IsReportedNotFollowedAndTheToolSurvives(string reference)
    {
        var outcome = Catalogue.Import(Catalogue.OpenApi($$"""
            {"/elsewhere":{"$ref":"{{reference}}"},
             "/pets":{"post":{"operationId":"addPet","summary":"Adds a pet to the shop","parameters":[{"$ref":"{{reference}}"}],
               "requestBody":{"content":{"application/json":{"schema":{"properties":{"name":{"type":"string"},"owner":{"$ref":"{{reference}}","description":"Who has it"} } } } } } } } }
            """));

        var tool = outcome.Only();
        Assert.Equal("""{"description":"Who has it","x-in":"body"}""", CanonicalJson.Write(tool.Property("owner")));
        Assert.Equal(["name", "owner"], tool.PropertyNames());
        Assert.Equal(
            ["/paths/~1elsewhere", "/paths/~1pets/post/parameters/0", "/paths/~1pets/post/requestBody/content/application~1json/schema/properties/owner"],
            outcome.Problems().Select(p => p.Place));
        Assert.All(outcome.Problems(), p => Assert.Equal(("reference.external", reference), (p.Code, p.Found)));
    }

    [Theory]
    [InlineData("#/components/schemas/Ghost")]
    [InlineData("#ghost")]
    [InlineData("#/paths/99/x")]
    public void Import_MissingReference_IsReportedAndTheToolSurvives(string reference)
    {
        var outcome = Catalogue.Import(Catalogue.Operation($$"""
            "parameters":[{"name":"a","in":"query","schema":{"$ref":"{{reference}}"} }]
            """));

        Assert.Equal(["a"], outcome.Only().PropertyNames());
        Assert.Equal("reference.missing", Assert.Single(outcome.Problems()).Code);
    }

    [Fact]
    public void Import_ReferencesInCircles_AreReportedAndTheRestRead()
    {
        var outcome = Catalogue.Import(Catalogue.OpenApi(
            """
            {"/a":{"$ref":"#/paths/~1b"},"/b":{"$ref":"#/paths/~1a"},
             "/c":{"get":{"operationId":"getC","summary":"Gets the thing C","parameters":[{"$ref":"#/components/parameters/P"}]}}}
            """,
            """{"parameters":{"P":{"$ref":"#/components/parameters/P"}}}"""));

        Assert.Equal("get_c", outcome.Only().Name);
        Assert.All(outcome.Problems(), p => Assert.Equal("reference.cycle", p.Code));
        Assert.NotEmpty(outcome.Problems());
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(300, false)]
    [InlineData(100_000, false)]
    public void Import_DeepNesting_IsReadOrReportedNeverACrash(int depth, bool read)
    {
        var nested = string.Concat(Enumerable.Repeat("{\"items\":", depth)) + "{}" + new string('}', depth);

        var outcome = Catalogue.Import(Catalogue.Operation($$"""
            "parameters":[{"name":"a","in":"query","schema":{{nested}} }]
            """), Good);

        Assert.Equal(read ? 2 : 1, outcome.Tools.Count);
        Assert.Equal(!read, outcome.Problems().Any(p => p.Code == "json.too-deep"));
    }

    [Fact]
    public void Import_LongChainOfReferences_IsCutAndReported()
    {
        var schemas = string.Join(',', Enumerable.Range(0, 5000).Select(i => $$"""
            "S{{i}}":{"$ref":"#/components/schemas/S{{i + 1}}"}
            """));

        var outcome = Catalogue.Import(Catalogue.Operation(
            """
            "parameters":[{"name":"a","in":"query","schema":{"$ref":"#/components/schemas/S0"}}]
            """,
            $$"""{"schemas":{ {{schemas}} } }"""));

        Assert.Single(outcome.Tools);
        Assert.Equal("schema.cut", Assert.Single(outcome.Problems()).Code);
    }

    [Fact]
    public void Import_MembersOfTheWrongKind_AreReportedOrPassedOver()
    {
        var outcome = Catalogue.Import(Catalogue.OpenApi(
            """
            {"/a":7,"/b":{"get":[],"parameters":"x"},"x-note":"text",
             "/cars/wheels":{"get":{"operationId":7,"summary":[],"tags":"t","parameters":{"a":1},"requestBody":"b","responses":[1]}},
             "/d":{"get":{"operationId":"getD","summary":"Gets the thing D","parameters":[null,{},{"name":"q"},{"name":"","in":"query"},{"name":"z","in":"moon"},{"name":"ok","in":"query","schema":"text"}],
                   "requestBody":{"content":{"application/json":{"schema":7}}},"responses":{"200":{"content":[]},"2XX":null}}}}
            """,
            "[]"));

        Assert.Equal(["get_cars_wheels", "get_d"], outcome.Tools.Select(t => t.Name));
        Assert.Contains("ok", outcome.Tools[1].PropertyNames());
        Assert.All((string[])["/paths/~1a", "/paths/~1b/get", "/paths/~1d/get/parameters/0", "/paths/~1d/get/parameters/4"], place =>
            Assert.Contains(outcome.Problems(), p => p.Place == place));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-8")]
    public void Import_EncodingWithByteOrderMark_IsDecoded(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var text = Good.Replace("city\"", "città\"", StringComparison.Ordinal);

        var outcome = CatalogueImporter.Import([CatalogueDocument.Of(encoding.GetPreamble().Concat(encoding.GetBytes(text)).ToArray())], new ToolSettings());

        Assert.Contains("città", outcome.Only().Parameters.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(outcome.Problems());
    }

    [Fact]
    public void Import_InvalidUtf8_IsReportedWithItsPlaceAndRead()
    {
        var bytes = Encoding.Latin1.GetBytes("\n" + Good.Replace("Gets the weather", "Zeigt W\u00e4rme", StringComparison.Ordinal));

        var outcome = CatalogueImporter.Import([CatalogueDocument.Of(bytes)], new ToolSettings());

        var problem = Assert.Single(outcome.Problems());
        Assert.Equal(("encoding.invalid", $"line 2, byte {Good.IndexOf("Gets", StringComparison.Ordinal) + 8}"), (problem.Code, problem.Place));
        Assert.Contains("W\ufffdrme", outcome.Only().Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"\ud800", "\ufffd", 1)]
    [InlineData(@"\udc00\ud83d\ude00", "\ufffd😀", 1)]
    [InlineData(@"\ud83d\ude00", "😀", 0)]
    [InlineData(@"\\ud800", @"\ud800", 0)]
    public void Import_HalfSurrogatePairs_AreReplacedAndReported(string escape, string expected, int problems)
    {
        var outcome = Catalogue.Import(Good.Replace("of a city", "of " + escape, StringComparison.Ordinal));

        Assert.Equal("Gets the weather of " + expected, outcome.Only().Description);
        Assert.Equal(problems, outcome.Problems().Length);
    }

    [Fact]
    public void Import_ManyProblems_AreAllCountedAndTheFirstListed()
    {
        var outcome = Catalogue.Import("[" + string.Join(',', Enumerable.Repeat("{\"type\":\"web_search\"}", 3000)) + ",{\"type\":\"function\",\"name\":\"x\"}]");

        var document = Assert.Single(outcome.Report.Documents);
        Assert.Equal((3000, 1000), (document.ProblemCount, document.Problems.Count));
    }

    [Fact]
    public void Import_BoundsThatContradictEachOther_AreReportedAndLeftOut()
    {
        var outcome = Catalogue.Import(Catalogue.Operation(
            """
            "parameters":[{"name":"a","in":"query","schema":{"type":"integer","minimum":9,"maximum":3}},{"name":"b","in":"query","schema":{"type":"string","enum":["x"],"default":"y","minLength":1,"maxLength":3}}]
            """));

        Assert.Equal("""{"type":"integer","x-in":"query"}""", CanonicalJson.Write(outcome.Only().Property("a")));
        Assert.Equal("""{"enum":["x"],"maxLength":3,"minLength":1,"type":"string","x-in":"query"}""", CanonicalJson.Write(outcome.Only().Property("b")));
        Assert.Equal("schema.contradiction", Assert.Single(outcome.Problems()).Code);
    }

    [Fact]
    public void Import_FiveHundredParameters_AreReportedAsTooMany()
    {
        var parameters = string.Join(',', Enumerable.Range(0, 500).Select(i => $$"""{"name":"p{{i}}","in":"query","schema":{"type":"string"} }"""));

        var outcome = Catalogue.Import(Catalogue.Operation($"\"parameters\":[{parameters}]"), Good);

        Assert.Equal("get_weather", outcome.Only().Name);
        Assert.Equal("parameters.too-many", Assert.Single(outcome.Report.Rejects).Reason);
    }

    [SkippableFact]
    public void Import_MutatedRealDocuments_NeverThrowAndAccountForEveryTool()
    {
        var random = new SeededRandom(new Seed("tests/mutated"));
        foreach (var path in Directory.GetFiles(Catalogue.Corpus("native"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(path);
            for (var round = 0; round < Math.Clamp(200_000 / bytes.Length, 1, 12); round++)
            {
                AssertSound(Mutate(bytes.ToArray(), round % 3, random));
            }
        }
    }

    /// <summary>Cuts a document, flips some of its bits, or swaps two stretches of it.</summary>
    private static ReadOnlyMemory<byte> Mutate(byte[] bytes, int kind, SeededRandom random)
    {
        if (kind == 0)
        {
            return bytes.AsMemory(0, random.Next(bytes.Length));
        }

        for (var i = 0; i < 8; i++)
        {
            var (at, to) = (random.Next(bytes.Length), random.Next(bytes.Length));
            if (kind == 1)
            {
                bytes[at] ^= (byte)(1 << random.Next(8));
                continue;
            }

            var length = Math.Min(random.Next(40), bytes.Length - Math.Max(at, to));
            var stretch = bytes.AsSpan(at, length).ToArray();
            bytes.AsSpan(to, length).CopyTo(bytes.AsSpan(at));
            stretch.CopyTo(bytes.AsSpan(to));
        }

        return bytes;
    }

    [Property(MaxTest = 150)]
    public Property Import_TruncatedDocument_NeverThrowsAndAccountsForEveryTool() =>
        Prop.ForAll(Gen.Choose(0, Sample.Length - 1).Zip(Gen.Choose(0, 30_000)).ToArbitrary(), cut =>
        {
            var bytes = Sample[cut.Item1];
            AssertSound(bytes.AsMemory(0, Math.Min(cut.Item2, bytes.Length)));
        });

    [Property(MaxTest = 250)]
    public Property Import_MutatedDocument_NeverThrowsAndAccountsForEveryTool() =>
        Prop.ForAll(
            Gen.Choose(0, Sample.Length - 1).Zip(Gen.Choose(0, int.MaxValue - 1).Zip(Gen.Choose(0, Tokens.Length - 1)).ArrayOf(6)).ToArbitrary(),
            mutation =>
            {
                var text = Encoding.UTF8.GetString(Sample[mutation.Item1]);
                foreach (var (at, token) in mutation.Item2)
                {
                    text = Mutate(text, at, Tokens[token]);
                }

                AssertSound(Encoding.UTF8.GetBytes(text));
            });

    [Property(MaxTest = 150)]
    public Property Import_FlippedBytes_NeverThrowAndAccountForEveryTool() =>
        Prop.ForAll(
            Gen.Choose(0, Sample.Length - 1).Zip(Gen.Choose(0, int.MaxValue - 1).Zip(Gen.Choose(0, 255)).ArrayOf(4)).ToArbitrary(),
            mutation =>
            {
                var bytes = Sample[mutation.Item1].ToArray();
                foreach (var (at, value) in mutation.Item2)
                {
                    bytes[at % bytes.Length] = (byte)value;
                }

                AssertSound(bytes);
            });

    private static readonly string[] Tokens =
    [
        "null", "true", "7", "\"\"", "[]", "{}", "[null]", "\"#\"", "{\"$ref\":\"#\"}", "{\"$ref\":\"#/components\"}", "{\"allOf\":[{\"$ref\":\"#/components/schemas\"}]}",
        "{\"type\":[]}", "{\"enum\":{}}", "{\"items\":[]}", "{\"properties\":[]}", "{\"required\":true}", "-1e999", "\"\\ud800\"",
    ];

    /// <summary>Replaces the value after one of the text's colons by another value: the document stays JSON and means something else.</summary>
    private static string Mutate(string text, int at, string token)
    {
        var colon = text.IndexOf("\": ", at % text.Length, StringComparison.Ordinal);
        if (colon < 0)
        {
            return text;
        }

        var start = colon + 3;
        var end = start;
        if (text[start] is '{' or '[')
        {
            var depth = 0;
            do
            {
                depth += text[end] is '{' or '[' ? 1 : text[end] is '}' or ']' ? -1 : 0;
                end++;
            }
            while (depth > 0 && end < text.Length);
        }
        else
        {
            end = text.IndexOfAny(['\n', '}'], start);
            end = end < 0 ? text.Length : end;
            end = text[end - 1] == ',' ? end - 1 : end;
        }

        return string.Concat(text.AsSpan(0, start), token, text.AsSpan(end));
    }

    private static void AssertSound(ReadOnlyMemory<byte> bytes)
    {
        var outcome = CatalogueImporter.Import([CatalogueDocument.Of(bytes)], new ToolSettings());

        var totals = outcome.Report.Totals;
        Assert.Equal(totals.Read, outcome.Tools.Count + outcome.Report.Rejects.Count);
        Assert.True(totals.Read > 0 || totals.Problems > 0);
        Assert.All(outcome.Tools, tool => Assert.Matches("^[a-z][a-z0-9_]{2,63}$", tool.Name));
        Assert.NotEmpty(CanonicalJson.Serialize(outcome.Report) + string.Concat(outcome.Tools.Select(CanonicalJson.Serialize)));
    }
}
