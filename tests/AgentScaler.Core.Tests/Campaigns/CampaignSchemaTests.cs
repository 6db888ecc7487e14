using System.Text.Json;
using AgentScaler.Campaigns;

namespace AgentScaler.Core.Tests.Campaigns;

public sealed class CampaignSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(CampaignSchema.Text()).RootElement;

    [Theory]
    [InlineData("identity.graph.threshold", """{"type":"number","minimum":0,"maximum":1}""")]
    [InlineData("identity.graph.resolution", """{"type":"number","exclusiveMinimum":0,"default":1}""")]
    [InlineData("identity.tasks.shardSize", """{"type":"integer","minimum":1,"maximum":1000,"default":12}""")]
    [InlineData("identity.seed", """{"type":"integer","default":1}""")]
    [InlineData("identity.funnel.match", """{"enum":["strict","unordered-reads","superset-reads"],"default":"strict"}""")]
    [InlineData("identity.dataset.formats", """{"type":"array","items":{"enum":["openai","openai-dpo","trl","llama-factory","ms-swift","axolotl","verl","nemo-gym","parquet"]}}""")]
    [InlineData("identity.dataset.name", """{"type":"string","minLength":1,"maxLength":100,"default":"agentscaler"}""")]
    [InlineData("operations.sources", """{"type":"array","items":{"type":"string"}}""")]
    public void Text_Setting_HasTypeRangeAndDefault(string path, string expected)
    {
        var node = path.Split('.').Aggregate(Schema, (schema, name) => schema.GetProperty("properties").GetProperty(name));
        Assert.Equal(Json.Canonical(expected), Json.Canonical(node.GetRawText()));
    }

    [Fact]
    public void Text_Objects_RefuseUnknownMembersAndDemandNone()
    {
        foreach (var schema in new[] { Schema, Schema.GetProperty("properties").GetProperty("identity") })
        {
            Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
            Assert.False(schema.TryGetProperty("required", out _));
            Assert.Equal("object", schema.GetProperty("type").GetString());
        }
    }

    [Fact]
    public void Text_Always_NamesItsDialectAndIsTheSame()
    {
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", Schema.GetProperty("$schema").GetString());
        Assert.Equal(CampaignSchema.Text(), CampaignSchema.Text());
        Assert.EndsWith("}\n", CampaignSchema.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("\r", CampaignSchema.Text(), StringComparison.Ordinal);
    }

    private static class Json
    {
        public static string Canonical(string text) => AgentScaler.Json.CanonicalJson.Rewrite(text);
    }
}
