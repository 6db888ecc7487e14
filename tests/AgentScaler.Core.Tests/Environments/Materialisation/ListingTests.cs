using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;

namespace AgentScaler.Core.Tests.Environments.Materialisation;

/// <summary>What listings make of their knobs, run by the real engine.</summary>
public sealed class ListingTests : IDisposable
{
    private const string Repo =
        """{"type":"object","properties":{"id":{"type":"integer"},"name":{"type":"string"},"stars":{"type":"integer"},"created_at":{"type":"string","format":"date-time"},"org_id":{"type":"string"}},"required":["id","name"]}""";

    private readonly EnvironmentEngine engine = new(new EngineOptions(), Domains.Clock);
    private readonly EnvironmentSession session;

    public ListingTests()
    {
        var package = ProgramTests.WithRows(
            SchemaBuilderTests.Materialise(Domains.Of(
                Domains.Tool("list_repos", "GET", "/v1.2/orgs/{org_id}/repos.json",
                    """{"org_id":{"type":"integer","x-in":"path"},"q":{"type":"string"},"sort":{"type":"string"},"direction":{"type":"string"},"page":{"type":"integer"},"since":{"type":"string"},"stars_gte":{"type":"integer"},"limit":{"type":"integer"}}""",
                    ["org_id"], $$$$"""{"type":"object","properties":{"repos":{"type":"array","items":{{{{Repo}}}}},"total":{"type":"integer"}}}"""),
                Domains.Tool("get_repo", "GET", "/repos/{repo_id}", """{"repo_id":{"type":"string"}}""", ["repo_id"], Repo),
                Domains.Tool("get_org", "GET", "/orgs/{org_id}", """{"org_id":{"type":"string"}}""", ["org_id"], null))),
            ProgramTests.Row("orgs", "1", """{"org_id":1,"name":"North"}"""),
            ProgramTests.Row("orgs", "2", """{"org_id":2,"name":"South"}"""),
            ProgramTests.Row("repos", "11", """{"id":11,"name":"alpha","stars":5,"created_at":"2025-01-01T10:00:00Z","org_id":1}"""),
            ProgramTests.Row("repos", "12", """{"id":12,"name":"beta","stars":9,"created_at":"2025-02-01T10:00:00Z","org_id":1}"""),
            ProgramTests.Row("repos", "13", """{"id":13,"name":"gamma","created_at":"2025-03-01T10:00:00Z","org_id":1}"""),
            ProgramTests.Row("repos", "14", """{"id":14,"name":"delta","stars":1,"created_at":"2025-03-01T10:00:00Z","org_id":2}"""));
        session = engine.Open(LoadedEnvironment.Load(package), Seed.Root(1));
    }

    public void Dispose() => engine.Dispose();

    [Theory]
    [InlineData("""{"org_id":1}""", "11 12 13")]
    [InlineData("""{"org_id":1,"q":"BET"}""", "12")]
    [InlineData("""{"org_id":1,"sort":"-stars"}""", "12 11 13")]
    [InlineData("""{"org_id":1,"sort":"name","direction":"desc"}""", "13 12 11")]
    [InlineData("""{"org_id":1,"since":"2025-02-01"}""", "12 13")]
    [InlineData("""{"org_id":1,"stars_gte":6}""", "12")]
    [InlineData("""{"org_id":1,"page":2}""", "")]
    [InlineData("""{"org_id":1,"page":2,"limit":2}""", "13")]
    public void List_WithKnobs_ShowsWhatTheyAskFor(string arguments, string ids)
    {
        var result = session.Call("list_repos", JsonElement.Parse(arguments));

        Assert.False(result.IsError, result.Content);
        Assert.Equal(ids, string.Join(' ', JsonElement.Parse(result.Content).GetProperty("repos").EnumerateArray().Select(repo => repo.GetProperty("id").GetRawText())));
    }

    [Theory]
    [InlineData("""{"org_id":1,"sort":"colour"}""", "invalid_value")]
    [InlineData("""{"org_id":1,"page":0}""", "invalid_value")]
    [InlineData("""{"org_id":7}""", "not_found")]
    public void List_OfWhatCantBe_SaysWhy(string arguments, string code) =>
        Assert.Equal(code, session.Call("list_repos", JsonElement.Parse(arguments)).ErrorCode);

    [Fact]
    public void Get_KeyWrittenAsTextHereAndNumberThere_FindsTheRow() =>
        Assert.Equal("alpha", JsonElement.Parse(session.Call("get_repo", JsonElement.Parse("""{"repo_id":"11"}""")).Content).GetProperty("name").GetString());

    [Fact]
    public void Get_WithoutADeclaredResult_TellsMoreThanTheKey() =>
        Assert.Equal("North", JsonElement.Parse(session.Call("get_org", JsonElement.Parse("""{"org_id":"1"}""")).Content).GetProperty("name").GetString());
}
