using AgentScaler.Json;

namespace AgentScaler.Core.Tests.Tools;

public sealed class SchemaNormalFormTests
{
    [Theory]
    [InlineData("""{"type":["null","string"],"description":"d"}""", """{"description":"d","type":"string"}""")]
    [InlineData("""{"type":"string","nullable":true,"title":"t","deprecated":true,"xml":{}}""", """{"type":"string"}""")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"properties":{"a":{"type":"string"}},"type":"object"}""")]
    [InlineData("""{"type":"array"}""", """{"items":{},"type":"array"}""")]
    [InlineData("""{"items":[{"type":"integer"},{"type":"string"}]}""", """{"items":{"type":"integer"},"type":"array"}""")]
    [InlineData("""{"prefixItems":[{"type":"integer"}],"items":false}""", """{"items":{},"type":"array"}""")]
    [InlineData("""{"enum":["a",null,"b","a"]}""", """{"enum":["a","b"],"type":"string"}""")]
    [InlineData("""{"type":"integer","enum":["1","2"]}""", """{"enum":["1","2"],"type":"string"}""")]
    [InlineData("""{"const":"a"}""", """{"enum":["a"],"type":"string"}""")]
    [InlineData("""{"type":"integer","default":"10"}""", """{"type":"integer"}""")]
    [InlineData("""{"type":"integer","default":10.0,"minimum":1,"maximum":20}""", """{"default":10,"maximum":20,"minimum":1,"type":"integer"}""")]
    [InlineData("""{"type":"string","enum":["a"],"default":"b","example":"a"}""", """{"enum":["a"],"example":"a","type":"string"}""")]
    [InlineData("""{"type":"string","default":null,"not":{"enum":["x"]}}""", """{"type":"string"}""")]
    [InlineData("""{"type":"string","minLength":2,"maxLength":5,"pattern":"^a(","format":"uri","examples":["ab"]}""", """{"example":"ab","format":"uri","maxLength":5,"minLength":2,"pattern":"^a(","type":"string"}""")]
    [InlineData("""{"oneOf":[{"type":"null"},{"type":"integer"},{"type":"string"}]}""", """{"type":"integer"}""")]
    [InlineData("""{"anyOf":[{"enum":[null]},{"type":"string","format":"date"}],"description":"d"}""", """{"description":"d","format":"date","type":"string"}""")]
    [InlineData("""{"allOf":[{"properties":{"a":{"type":"string"}},"required":["a"]},{"properties":{"b":{"type":"integer"}},"required":["b","ghost"]}]}""", """{"properties":{"a":{"type":"string"},"b":{"type":"integer"}},"required":["a","b"],"type":"object"}""")]
    [InlineData("""{"allOf":[{"properties":{"a":{"type":"string","minLength":1}}}],"properties":{"a":{"description":"d"}}}""", """{"properties":{"a":{"description":"d","minLength":1,"type":"string"}},"type":"object"}""")]
    [InlineData("""{"properties":{"a":false,"b":true,"c":{"readOnly":true}},"required":["a"]}""", """{"properties":{"b":{}},"type":"object"}""")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer","exclusiveMinimum":true}}""", """{"additionalProperties":{"type":"integer"},"type":"object"}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}""", """{"additionalProperties":false,"properties":{"a":{"type":"string"}},"type":"object"}""")]
    [InlineData("""{"type":"Integer"}""", """{"type":"integer"}""")]
    [InlineData("""{"type":"made-up","description":"<p>Some <b>bold</b>&nbsp;text</p>"}""", """{"description":"Some bold text"}""")]
    [InlineData("""{"type":"string","type":"integer"}""", """{"type":"integer"}""")]
    [InlineData("""{"type":"object","example":{"k":1,"k":2}}""", """{"example":{"k":2},"type":"object"}""")]
    [InlineData("""true""", """{}""")]
    [InlineData("""{"$ref":"#/components/schemas/Colour","description":"beside"}""", """{"description":"beside","enum":["red","blue"],"type":"string"}""")]
    [InlineData("""{"$ref":"#/components/schemas/With~1slash%20and~0tilde"}""", """{"type":"boolean"}""")]
    public void Import_Schema_IsBroughtIntoNormalForm(string schema, string expected)
    {
        var tool = Catalogue.Import(Document(schema)).Only();

        Assert.Equal(expected, CanonicalJson.Write(tool.Property("p").GetProperty("properties").GetProperty("v")));
    }

    [Fact]
    public void Import_RecursiveSchema_IsCutAndMarked()
    {
        var tool = Catalogue.Import(Document("""{"$ref":"#/components/schemas/Node"}""")).Only();

        Assert.Equal(
            """{"properties":{"name":{"type":"string"},"next":{"type":"object","x-recursive":true}},"type":"object"}""",
            CanonicalJson.Write(tool.Property("p").GetProperty("properties").GetProperty("v")));
    }

    [Fact]
    public void Import_SchemaThatRefersToItself_IsCutAndMarked()
    {
        var tool = Catalogue.Import(Document("""{"$ref":"#/components/schemas/Self"}""")).Only();

        Assert.True(tool.Property("p").GetProperty("properties").GetProperty("v").GetProperty("x-recursive").GetBoolean());
    }

    [Fact]
    public void Import_DeepSchema_IsInlinedForFourLevels()
    {
        var deep = """{"type":"string"}""";
        for (var level = 9; level > 0; level--)
        {
            deep = $$"""{"type":"object","properties":{"l{{level}}":{{deep}} } }""";
        }

        var tool = Catalogue.Import(Catalogue.Operation($$"""
            "parameters":[{"name":"l0","in":"query","schema":{{deep}} }],"responses":{"200":{"content":{"application/json":{"schema":{{deep}} } } } }
            """)).Only();

        var parameter = CanonicalJson.Write(tool.Parameters);
        Assert.Contains("\"l3\":{\"type\":\"object\"}", parameter, StringComparison.Ordinal);
        var returns = CanonicalJson.Write(tool.Returns!.Value);
        Assert.Contains("\"l4\":{\"type\":\"object\"}", returns, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_SchemaThatBranchesWithoutEnd_StaysSmallAndIsReported()
    {
        // Each of 40 schemas refers twice to the next: 2^40 ways through a document of 4 kB.
        var schemas = string.Join(',', Enumerable.Range(0, 40).Select(i =>
            $$"""
            "S{{i}}":{"allOf":[{"$ref":"#/components/schemas/S{{i + 1}}"},{"$ref":"#/components/schemas/S{{i + 1}}"}],"properties":{"p{{i}}":{"$ref":"#/components/schemas/S{{i + 1}}"} } }
            """));
        var outcome = Catalogue.Import(Catalogue.Operation(
            """
            "responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/S0"}}}}}
            """,
            $$"""{"schemas":{ {{schemas}},"S40":{"type":"string"} } }"""));

        Assert.True(CanonicalJson.Write(outcome.Only().Returns!.Value).Length < 1_000_000);
        Assert.Contains(outcome.Problems(), p => p.Code == "schema.cut");
    }

    [Fact]
    public void Import_HugeEnumeration_IsTruncatedAndCounted()
    {
        var outcome = Catalogue.Import(Document($$"""{"enum":[{{string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"v{i}\""))}}]}"""));

        var value = outcome.Only().Property("p").GetProperty("properties").GetProperty("v");
        Assert.Equal(200, value.GetProperty("enum").GetArrayLength());
        Assert.Equal(5000, value.GetProperty("x-enum-count").GetInt32());
        Assert.Contains(outcome.Problems(), p => p.Code == "enum.truncated" && p.Found == "5000 values");
    }

    private static string Document(string schema) => Catalogue.Operation(
        $$"""
        "requestBody":{"content":{"application/json":{"schema":{"properties":{"p":{"type":"object","properties":{"v":{{schema}} } } } } } } }
        """,
        """
        {"schemas":{"Colour":{"enum":["red","blue"],"description":"target"},"With/slash and~tilde":{"type":"boolean"},
          "Node":{"type":"object","properties":{"name":{"type":"string"},"next":{"$ref":"#/components/schemas/Node"}}},"Self":{"$ref":"#/components/schemas/Self"}}}
        """);
}
