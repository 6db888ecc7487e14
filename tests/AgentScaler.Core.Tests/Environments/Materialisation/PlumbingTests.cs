using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Environments.Materialisation;

namespace AgentScaler.Core.Tests.Environments.Materialisation;

public sealed class PlumbingTests
{
    [Theory]
    [InlineData("$.xgafv", """{"type":"string","enum":["1","2"]}""")]
    [InlineData("callback", """{"type":"string"}""")]
    [InlineData("key", """{"type":"string","description":"API key. Your API key identifies your project."}""")]
    [InlineData("fields", """{"type":"string","description":"Selector specifying which fields to include in a partial response."}""")]
    [InlineData("requestId", """{"type":"string","description":"An optional request ID, so that if you retry your request the server will ignore it.","x-in":"query"}""")]
    [InlineData("updateMask", """{"type":"string"}""")]
    [InlineData("body_NextToken", """{"type":"string"}""")]
    [InlineData("X-Amz-Target", """{"type":"string","x-in":"header"}""")]
    [InlineData("token", """{"type":"string","description":"Authentication token"}""")]
    [InlineData("dryRun", """{"type":"boolean"}""")]
    public void Is_ParameterOfTheTransport_IsPlumbing(string name, string schema) => Assert.True(Plumbing.Is(name, JsonElement.Parse(schema)));

    [Theory]
    [InlineData("key", """{"type":"string","description":"The key of the setting."}""")]
    [InlineData("fields", """{"type":"array","description":"The fields of the form."}""")]
    [InlineData("requestId", """{"type":"string","description":"If you retry your request, use the same one.","x-in":"path"}""")]
    [InlineData("token", """{"type":"string","description":"What the word was split into."}""")]
    [InlineData("title", """{"type":"string"}""")]
    public void Is_ParameterOfTheMatter_IsNone(string name, string schema) => Assert.False(Plumbing.Is(name, JsonElement.Parse(schema)));

    [Theory]
    [InlineData("""{"type":"string","description":"Output only. The time of creation."}""", true)]
    [InlineData("""{"type":"string","description":"[Output Only] Server-defined URL."}""", true)]
    [InlineData("""{"type":"string","readOnly":true}""", true)]
    [InlineData("""{"type":"string","description":"Whether the output is shown."}""", false)]
    public void IsOutput_OfASchema_FollowsItsMarkOrDescription(string schema, bool expected) => Assert.Equal(expected, Plumbing.IsOutput("note", JsonElement.Parse(schema)));

    [Fact]
    public void Settle_RequiredPlumbing_CanBeLeftOutOrHasADefault()
    {
        var parameters = JsonNode.Parse("""{"properties":{"api-version":{"type":"string"},"clientToken":{"type":"string"},"title":{"type":"string"}},"required":["api-version","clientToken","title"]}""")!.AsObject();

        Plumbing.Settle(parameters);

        Assert.Equal(["api-version", "title"], parameters["required"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.NotNull(parameters["properties"]!["api-version"]!["default"]);
    }
}
