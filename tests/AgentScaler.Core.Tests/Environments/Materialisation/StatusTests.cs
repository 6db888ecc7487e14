using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Graphs;

namespace AgentScaler.Core.Tests.Environments.Materialisation;

/// <summary>From where statuses are left, and what else of a row follows them, run by the real engine.</summary>
public sealed class StatusTests : IDisposable
{
    private const string Claim =
        """
        {"type":"object","properties":{"id":{"type":"string"},"status":{"type":"string","enum":["draft","submitted","approved","rejected","complete","reversed"]},
        "approved_at":{"type":"string","format":"date-time"},"rejected_at":{"type":"string","format":"date-time"},"is_complete":{"type":"boolean"}},"required":["id","status"]}
        """;

    private readonly EnvironmentEngine engine = new(new EngineOptions(), Domains.Clock);

    public void Dispose() => engine.Dispose();

    [Theory]
    [InlineData("submit_claim", "draft", "submitted")]
    [InlineData("submit_claim", "complete", null)]
    [InlineData("approve_claim", "submitted", "approved")]
    [InlineData("approve_claim", "rejected", null)]
    [InlineData("complete_claim", "approved", "complete")]
    [InlineData("complete_claim", "reversed", null)]
    public void Call_OfATransition_IsAllowedOnlyFromWhereItMakesSense(string tool, string from, string? to)
    {
        var work = Open($$"""{"id":"c1","status":"{{from}}"}""");

        var result = work.Call(tool, JsonElement.Parse("""{"claim_id":"c1"}"""));

        Assert.Equal(to is null ? "invalid_state" : null, result.ErrorCode);
        Assert.Equal(to ?? from, work.Row("claims", "c1")!.Value.GetProperty("status").GetString());
    }

    [Fact]
    public void Call_OfATransition_SetsTheFactsOfTheStatusAndClearsThoseOfTheEndItLeaves()
    {
        var work = Open("""{"id":"c1","status":"rejected","rejected_at":"2025-01-02T00:00:00Z","is_complete":false}""");

        foreach (var tool in new[] { "submit_claim", "approve_claim", "complete_claim" })
        {
            Assert.False(work.Call(tool, JsonElement.Parse("""{"claim_id":"c1"}""")).IsError);
        }

        var row = work.Row("claims", "c1")!.Value;
        Assert.False(row.TryGetProperty("rejected_at", out _));
        Assert.StartsWith("2025-06-16T09:00:00", row.GetProperty("approved_at").GetString(), StringComparison.Ordinal);
        Assert.True(row.GetProperty("is_complete").GetBoolean());
    }

    [Fact]
    public void Generate_Rows_TellOfNoEndThatTheyAreNotAt()
    {
        var rows = RowGenerator.Generate(SchemaBuilderTests.Materialise(Claims).Schema, new EnvironmentSettings { MinimumRows = 60, MaximumRows = 60 }, Seed.Root(3));

        Assert.All(rows, row =>
        {
            var status = row.Row.GetProperty("status").GetString();
            Assert.Equal(status == "rejected", row.Row.TryGetProperty("rejected_at", out _));
            Assert.True(status is not "draft" || !row.Row.TryGetProperty("approved_at", out _));
            Assert.True(!row.Row.TryGetProperty("is_complete", out var done) || done.GetBoolean() == (status == "complete"));
        });
        Assert.Contains(rows, row => row.Row.TryGetProperty("approved_at", out _));
    }

    private static Domain Claims => Domains.Of(
        Domains.Tool("get_claim", "GET", "/claims/{claim_id}", """{"claim_id":{"type":"string"}}""", ["claim_id"], Claim),
        Domains.Tool("submit_claim", null, null, """{"claim_id":{"type":"string"}}""", ["claim_id"], Claim),
        Domains.Tool("approve_claim", "POST", "/claims/{claim_id}/approve", """{"claim_id":{"type":"string"}}""", ["claim_id"], Claim),
        Domains.Tool("complete_claim", "POST", "/claims/{claim_id}/complete", """{"claim_id":{"type":"string"}}""", ["claim_id"], Claim));

    private EnvironmentSession Open(string row)
    {
        var package = SchemaBuilderTests.Materialise(Claims);
        return engine.Open(LoadedEnvironment.Load(ProgramTests.WithRows(package, ProgramTests.Row("claims", "c1", row))), Seed.Root(1));
    }
}
