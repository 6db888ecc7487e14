using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;

namespace AgentScaler.Core.Tests.Environments.Materialisation;

/// <summary>What results carry of the rows they are about, whatever form they declare, run by the real engine.</summary>
public sealed class ResultTests : IDisposable
{
    private const string Report = """{"type":"object","properties":{"city":{"type":"string"},"degrees":{"type":"number"},"measured_at":{"type":"string","format":"date-time"}},"required":["city","degrees"]}""";

    private readonly EnvironmentEngine engine = new(new EngineOptions(), Domains.Clock);

    public void Dispose() => engine.Dispose();

    [Fact]
    public void Get_OfOneThingWithoutAKey_ShowsTheRowThatIsMeant()
    {
        var work = Open(Reports,
            ProgramTests.Row("reports", "r1", """{"report_id":"r1","city":"Bern","degrees":4,"measured_at":"2025-01-01T08:00:00Z"}"""),
            ProgramTests.Row("reports", "r2", """{"report_id":"r2","city":"Oslo","degrees":-7,"measured_at":"2025-01-01T08:00:00Z"}"""),
            ProgramTests.Row("reports", "r3", """{"report_id":"r3","city":"Bern","degrees":6,"measured_at":"2025-01-03T08:00:00Z"}"""));

        Assert.Equal("Oslo", Ok(work, "get_report", """{"city":"Oslo"}""").GetProperty("city").GetString());
        Assert.Equal(6, Ok(work, "get_latest_report", """{"city":"Bern"}""").GetProperty("degrees").GetInt32());
        Assert.Equal("not_found", work.Call("get_report", JsonElement.Parse("""{"city":"Rome"}""")).ErrorCode);
    }

    [Fact]
    public void Create_OfWhatTheServiceMakes_TellsAddressTimeAndKey()
    {
        var work = Open(Domains.Of(
            Domains.Tool("create_video", "POST", "/videos", """{"title":{"type":"string"}}""", ["title"],
                """{"type":"object","properties":{"url":{"type":"string"},"created_at":{"type":"string","format":"date-time"},"views_count":{"type":"integer"}}}"""),
            Domains.Tool("get_video", "GET", "/videos/{video_id}", """{"video_id":{"type":"string"}}""", ["video_id"], """{"type":"object","properties":{"title":{"type":"string"},"url":{"type":"string"}}}""")));

        var made = Ok(work, "create_video", """{"title":"Alps"}""");

        var key = made.GetProperty("video_id").GetString()!;
        Assert.Equal("https://example.com/videos/" + key, made.GetProperty("url").GetString());
        Assert.Equal(0, made.GetProperty("views_count").GetInt32());
        Assert.StartsWith("2025-06-16T09:00:00", made.GetProperty("created_at").GetString(), StringComparison.Ordinal);
        Assert.Equal("Alps", Ok(work, "get_video", $$"""{"video_id":"{{key}}"}""").GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "[7,8]")]
    [InlineData("""{"type":"integer"}""", "2")]
    [InlineData("""{"type":"object","properties":{"count":{"type":"integer"}}}""", """{"count":2}""")]
    [InlineData("""{"type":"object","properties":{"effects":{"type":"array","items":{"type":"string"}}}}""", """{"effects":["7","8"]}""")]
    public void List_WithoutRows_ShowsTheirKeysOrHowMany(string returns, string expected)
    {
        var work = Open(Effects(returns), Effect(7), Effect(8));

        Assert.Equal(expected, work.Call("list_effects", JsonElement.Parse("{}")).Content);
    }

    [Theory]
    [InlineData("""{"type":"string"}""", "\"Glows.\"")]
    [InlineData("""{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"}}}}""", """[{"name":"Effect 7"}]""")]
    public void Get_WithoutAnObject_ShowsWhatTheRowSays(string returns, string expected)
    {
        var work = Open(Domains.Of(
            Domains.Tool("get_effect_text", "GET", "/effects/{effect_id}", """{"effect_id":{"type":"integer"}}""", ["effect_id"], returns),
            Domains.Tool("update_effect", "PATCH", "/effects/{effect_id}", """{"effect_id":{"type":"integer"},"name":{"type":"string"},"description":{"type":"string"}}""", ["effect_id"], null)), Effect(7));

        Assert.Equal(expected, work.Call("get_effect_text", JsonElement.Parse("""{"effect_id":7}""")).Content);
    }

    [Fact]
    public void Materialise_ReadThatCanShowNothing_LeavesWithTheReason()
    {
        _ = new EmbeddedMaterialiser(new EnvironmentSettings()).Materialise(Effects("""{"type":"boolean"}"""), Seed.Root(1), out var rejected);

        Assert.Contains(rejected, tool => tool is { Tool: "list_effects", Reason: "program.none" } && tool.Detail.Contains("can show nothing", StringComparison.Ordinal));
    }

    [Fact]
    public void Update_DeclaredAsAcknowledged_SaysSoAndWhatWasChanged()
    {
        var work = Open(Domains.Of(
            Domains.Tool("update_effect", "PATCH", "/effects/{effect_id}", """{"effect_id":{"type":"integer"},"name":{"type":"string"}}""", ["effect_id"],
                """{"type":"object","properties":{"success":{"type":"boolean"},"code":{"type":"integer"}},"required":["success"]}"""),
            Domains.Tool("get_effect", "GET", "/effects/{effect_id}", """{"effect_id":{"type":"integer"}}""", ["effect_id"], null)), Effect(7));

        Assert.Equal("""{"success":true,"code":200,"effect_id":7}""", work.Call("update_effect", JsonElement.Parse("""{"effect_id":7,"name":"Haze"}""")).Content);
        Assert.False(Ok(work, "get_effect", """{"effect_id":7}""").TryGetProperty("code", out _));
    }

    [Theory]
    [InlineData("""{"error":{"type":"boolean"},"message":{"type":"string"}}""", """{"error":false,"message":"deleted"}""")]
    [InlineData("""{"code":{"type":"integer"},"status":{"type":"string"}}""", """{"code":200,"status":"deleted"}""")]
    [InlineData("""{"error":{"type":"boolean"},"effect_id":{"type":"integer"},"deleted":{"type":"boolean"}}""", """{"error":false,"effect_id":7,"deleted":true}""")]
    public void Delete_ThatWentWell_SaysSo(string properties, string expected)
    {
        var required = string.Join(',', JsonElement.Parse(properties).EnumerateObject().Select(property => $"\"{property.Name}\""));
        var work = Open(Domains.Of(
            Domains.Tool("delete_effect", "DELETE", "/effects/{effect_id}", """{"effect_id":{"type":"integer"}}""", ["effect_id"], $$"""{"type":"object","properties":{{properties}},"required":[{{required}}]}"""),
            Domains.Tool("get_effect", "GET", "/effects/{effect_id}", """{"effect_id":{"type":"integer"}}""", ["effect_id"], """{"type":"object","properties":{"name":{"type":"string"},"status":{"type":"string"}}}""")),
            ProgramTests.Row("effects", "7", """{"effect_id":7,"name":"Glow","status":"dim"}"""));

        Assert.Equal(expected, work.Call("delete_effect", JsonElement.Parse("""{"effect_id":7}""")).Content);
    }

    [Fact]
    public void Get_InAnEnvelope_SaysThatItWentWell()
    {
        const string Envelope = """
            {"type":"object","properties":{"error":{"type":"boolean"},"code":{"type":"integer"},"status":{"type":"string","enum":["failed","success"]},"message":{"type":"string"},
            "data":{"type":"object","properties":{"name":{"type":"string"}}}},"required":["error","code","status","message","data"]}
            """;
        var work = Open(Domains.Of(
            Domains.Tool("get_effect", "GET", "/effects/{effect_id}", """{"effect_id":{"type":"integer"}}""", ["effect_id"], Envelope),
            Domains.Tool("delete_effect", "DELETE", "/effects/{effect_id}", """{"effect_id":{"type":"integer"}}""", ["effect_id"], null)), Effect(7));

        Assert.Equal("""{"error":false,"code":200,"status":"success","message":"ok","data":{"name":"Effect 7"}}""", work.Call("get_effect", JsonElement.Parse("""{"effect_id":7}""")).Content);
    }

    private static Domain Reports => Domains.Of(
        Domains.Tool("get_report", null, null, """{"city":{"type":"string"}}""", ["city"], Report),
        Domains.Tool("get_latest_report", null, null, """{"city":{"type":"string"}}""", ["city"], Report));

    private static Domain Effects(string returns) => Domains.Of(
        Domains.Tool("list_effects", "GET", "/effects", "{}", [], returns),
        Domains.Tool("get_effect", "GET", "/effects/{effect_id}", """{"effect_id":{"type":"integer"}}""", ["effect_id"], null),
        Domains.Tool("delete_effect", "DELETE", "/effects/{effect_id}", """{"effect_id":{"type":"integer"}}""", ["effect_id"], null));

    private static RowData Effect(int key) => ProgramTests.Row("effects", $"{key}", $$"""{"effect_id":{{key}},"name":"Effect {{key}}","description":"Glows."}""");

    private EnvironmentSession Open(Domain domain, params RowData[] rows)
    {
        var package = SchemaBuilderTests.Materialise(domain);
        return engine.Open(LoadedEnvironment.Load(ProgramTests.WithRows(package, rows)), Seed.Root(1));
    }

    private static JsonElement Ok(EnvironmentSession work, string tool, string arguments)
    {
        var result = work.Call(tool, JsonElement.Parse(arguments));
        Assert.False(result.IsError, result.Content);
        return JsonElement.Parse(result.Content);
    }
}
