using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Core.Tests.Json;

public sealed class JsonSchemaTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "\"a\"", "1")]
    [InlineData("""{"type":"integer"}""", "25", "2.5")]
    [InlineData("""{"type":"integer"}""", "25.0", "\"25\"")]
    [InlineData("""{"type":"integer"}""", "12345678901234567890", "true")]
    [InlineData("""{"type":"number"}""", "2.5", "null")]
    [InlineData("""{"type":["string","null"]}""", "null", "1")]
    [InlineData("""{"type":"string","nullable":true}""", "null", "false")]
    [InlineData("""{"enum":["a",1]}""", "1.0", "\"b\"")]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[1.0]}""", """{"a":[]}""")]
    [InlineData("""{"minimum":1,"maximum":3}""", "3", "3.5")]
    [InlineData("""{"exclusiveMinimum":1}""", "1.1", "1")]
    [InlineData("""{"minimum":1,"exclusiveMinimum":true}""", "2", "1")]
    [InlineData("""{"exclusiveMaximum":3}""", "2", "3")]
    [InlineData("""{"minLength":2,"maxLength":2}""", "\"😀é\"", "\"a\"")]
    [InlineData("""{"pattern":"^b[0-9]+$"}""", "\"b12\"", "\"xb12\"")]
    [InlineData("""{"type":"array","items":{"type":"integer"},"minItems":1,"maxItems":2}""", "[1,2]", "[1,2,3]")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "[]", "[1,\"2\"]")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"integer"}]}""", "1", "1.5")]
    [InlineData("""{"oneOf":[{"minimum":0},{"maximum":10}]}""", "-1", "5")]
    [InlineData("""{"allOf":[{"minimum":0},{"maximum":10}]}""", "5", "11")]
    [InlineData("""{"additionalProperties":{"type":"integer"}}""", """{"x":1}""", """{"x":"1"}""")]
    [InlineData("""{"required":["a"]}""", """{"a":null}""", """{"b":1,"b":2}""")]
    [InlineData("true", "1", null)]
    [InlineData("""{"pattern":"(?=a)b"}""", "\"z\"", null)]
    public void IsValid_Keyword_TellsFitFromMisfit(string schema, string fit, string? misfit)
    {
        var compiled = JsonSchema.Compile(JsonElement.Parse(schema));

        Assert.True(compiled.IsValid(JsonElement.Parse(fit)));
        Assert.Empty(compiled.Validate(JsonElement.Parse(fit)));
        if (misfit is not null)
        {
            Assert.False(compiled.IsValid(JsonElement.Parse(misfit)));
            Assert.NotEmpty(compiled.Validate(JsonElement.Parse(misfit)));
        }
    }

    [Fact]
    public void Validate_SeveralMisfits_NamesEachPlaceAndExpectation()
    {
        var schema = JsonSchema.Compile(JsonElement.Parse(
            """
            {"type":"object","additionalProperties":false,"required":["id","items"],"properties":{
              "id":{"type":"string"},
              "items":{"type":"array","items":{"type":"object","properties":{"price":{"type":"number","minimum":0}}}}}}
            """));

        var errors = schema.Validate(JsonElement.Parse("""{"items":[{"price":1},{"price":-1},{"price":"x"}],"odd name":1}"""));

        Assert.Equal(
            [
                "$.items[1].price: expected a number of at least 0, found -1",
                "$.items[2].price: expected a number, found \"x\"",
                "$['odd name']: no such property is known",
                "$: the required property 'id' is missing",
            ],
            errors.Select(error => error.ToString()));
    }

    [Fact]
    public void Validate_MoreThan64Properties_StillFindsTheMissingOne()
    {
        var names = Enumerable.Range(0, 70).Select(i => $"p{i}").ToArray();
        var schema = JsonSchema.Compile(JsonSerializer.SerializeToElement(new { type = "object", required = names }));
        var all = names.ToDictionary(name => name, _ => 1);

        Assert.True(schema.IsValid(JsonSerializer.SerializeToElement(all)));
        all.Remove("p69");
        Assert.Equal("$: the required property 'p69' is missing", Assert.Single(schema.Validate(JsonSerializer.SerializeToElement(all))).ToString());
    }

    [Theory]
    [InlineData("[]", "$: expected a schema, an object or true")]
    [InlineData("""{"type":"text"}""", "$.type: expected object, array, string, boolean, null, integer or number")]
    [InlineData("""{"properties":{"a":{"items":3}}}""", "$.properties.a.items: expected a schema, an object or true")]
    [InlineData("""{"minLength":-1}""", "$.minLength: expected a whole number of at least 0")]
    [InlineData("""{"required":[1]}""", "$.required: expected an array of strings")]
    public void Compile_NoSchema_NamesThePlace(string schema, string message) =>
        Assert.Equal(message, Assert.Throws<JsonException>(() => JsonSchema.Compile(JsonElement.Parse(schema))).Message);
}
