using System.Text;
using AgentScaler.Json;
using AgentScaler.Tools.Reading;
using AgentScaler.Tools.Yaml;

namespace AgentScaler.Core.Tests.Tools;

public sealed class YamlTests
{
    [Theory]
    [InlineData("a: =", """{"a":"="}""")]
    [InlineData("a: [on, off, yes, No, y, true, False, null, ~, '']", """{"a":["on","off","yes","No","y",true,false,null,null,""]}""")]
    [InlineData("a: [1, +2, -03, 0x1F, 0o17, 1_000, 1:30, 2024-01-02, 1.50, .5, 1., 1e3, .inf, 1.2.3]", """{"a":[1,2,-3,31,15,"1_000","1:30","2024-01-02",1.50,0.5,1,1e3,".inf","1.2.3"]}""")]
    [InlineData("a: ['1', \"true\", !!str 2, ! 3]", """{"a":["1","true","2","3"]}""")]
    [InlineData("responses:\n  200: ok\n  default: no\n  ~: x", """{"responses":{"200":"ok","default":"no","~":"x"}}""")]
    [InlineData("a: |\n  one\n  two\nb: >\n  one\n  two\n", """{"a":"one\ntwo\n","b":"one two\n"}""")]
    [InlineData("a: &x {b: 1}\nc: *x\nd: [*x]", """{"a":{"b":1},"c":{"b":1},"d":[{"b":1}]}""")]
    [InlineData("base: &b {x: 1, y: 2}\nmine:\n  <<: *b\n  y: 3", """{"base":{"x":1,"y":2},"mine":{"y":3,"x":1}}""")]
    [InlineData("a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b]}\nd: *b", """{"a":{"x":1},"b":{"x":2,"y":2},"c":{"x":1,"y":2},"d":{"x":2,"y":2}}""")]
    [InlineData("&k a: 1\nb: *k", """{"a":1,"b":"a"}""")]
    [InlineData("%YAML 1.2\n---\na: \"\\u00e9\"\n...\n", """{"a":"é"}""")]
    public void ToJson_Yaml_FollowsTheCoreSchema(string yaml, string json)
    {
        var problems = new ProblemList();

        var found = Encoding.UTF8.GetString(YamlText.ToJson(Encoding.UTF8.GetBytes(yaml), problems)!.Value.Span);

        Assert.Equal(json, found.TrimEnd('\n'));
        Assert.Empty(problems.Listed);
    }

    [Theory]
    [InlineData("a: 1\na: 2", """{"a":1}""", "yaml.duplicate-key", "line 2, column 1")]
    [InlineData("a: *ghost", """{"a":null}""", "yaml.alias", "line 1, column 4")]
    [InlineData("a: &a [1, *a]", """{"a":[1,null]}""", "yaml.alias", "line 1, column 11")]
    [InlineData("? [x]\n: 1\nb: 2", """{"b":2}""", "yaml.key", "line 1, column 3")]
    public void ToJson_FaultyYaml_IsReadAsFarAsItGoesAndReported(string yaml, string json, string code, string place)
    {
        var problems = new ProblemList();

        var found = Encoding.UTF8.GetString(YamlText.ToJson(Encoding.UTF8.GetBytes(yaml), problems)!.Value.Span);

        Assert.Equal(json, found.TrimEnd('\n'));
        var problem = Assert.Single(problems.Listed);
        Assert.Equal((code, place), (problem.Code, problem.Place));
    }

    [Fact]
    public void ToJson_AliasesOnAliases_StayBounded()
    {
        var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Concat(Enumerable.Range(1, 9).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        var problems = new ProblemList();

        var json = YamlText.ToJson(Encoding.UTF8.GetBytes(yaml), problems);

        Assert.InRange(json!.Value.Length, 1000, 20_000_000);
        Assert.All(problems.Listed, problem => Assert.Equal("yaml.alias", problem.Code));
        Assert.NotEmpty(problems.Listed);
    }

    [Fact]
    public void Import_YamlDocument_GivesTheToolsOfTheSameJson()
    {
        var yaml = """
            openapi: 3.0.0
            info: {title: Shop, version: 1}
            paths:
              /books/{id}:
                get:
                  operationId: getBook
                  summary: Gets one book of the shop
                  parameters:
                    - {name: id, in: path, required: true, schema: {type: string, enum: [on, off]}}
                  responses:
                    200:
                      content:
                        application/json:
                          schema: {$ref: '#/components/schemas/Book'}
            components:
              schemas:
                Book: {type: object, properties: {title: {type: string}}}
            """;

        var tool = Catalogue.Import(yaml).Only();

        Assert.Equal(("get_book", "openapi-3", "Shop", "/paths/~1books~1{id}/get"), (tool.Name, tool.Source.Dialect, tool.Source.Provider, tool.Source.Place));
        Assert.Equal("""{"enum":["on","off"],"type":"string","x-in":"path","x-segment":"books"}""", CanonicalJson.Write(tool.Property("id")));
        Assert.True(tool.Returns!.Value.GetProperty("properties").TryGetProperty("title", out _));
    }

    [Fact]
    public void Import_StreamOfYamlDocuments_ReadsEach()
    {
        var one = "swagger: '2.0'\npaths:\n  /{0}s:\n    get:\n      summary: Lists all {0}s\n      responses: {200: {description: ok}}\n";

        var outcome = Catalogue.Import("---\n" + one.Replace("{0}", "book", StringComparison.Ordinal) + "---\n" + one.Replace("{0}", "shelf", StringComparison.Ordinal));

        Assert.Equal(["document 1 /paths/~1books/get", "document 2 /paths/~1shelfs/get"], outcome.Tools.Select(t => t.Source.Place).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Import_DeeplyNestedYaml_IsReported()
    {
        var outcome = Catalogue.Import("openapi: 3.0.0\npaths: " + new string('[', 5000) + new string(']', 5000));

        Assert.Equal(("yaml.too-deep", 0), (Assert.Single(outcome.Problems()).Code, outcome.Report.Totals.Read));
        Assert.Equal(1, outcome.Report.Totals.Unreadable);
    }
}
