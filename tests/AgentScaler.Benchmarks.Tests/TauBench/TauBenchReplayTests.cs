using AgentScaler.Benchmarks.TauBench;

namespace AgentScaler.Benchmarks.Tests.TauBench;

/// <summary>What a replay finds, on a domain made up for these tests.</summary>
public sealed class TauBenchReplayTests
{
    private const string Tasks = """
        [{"index":0,"user_id":"ann_1","instruction":"Cancel it.","actions":[{"name":"cancel_pending_order","kwargs":{"order_id":"#W1","reason":"no longer needed"}},
          {"name":"transfer_to_human_agents","kwargs":{"summary":""}}],"outputs":["1000"]},
         {"index":1,"user_id":"ann_1","instruction":"Ask.","actions":[],"outputs":[]}]
        """;

    private const string Cancel = """{"name":"cancel_pending_order","kwargs":{"order_id":"#W1","reason":"no longer needed"}}""";

    [Theory]
    [InlineData("""{"id":"r","setup":[],"call":{"name":"think","kwargs":{"thought":""}},"observation":"","error":false,"exc":null,"db_changed":false,"diff":[]}""", null)]
    [InlineData("""{"id":"r","setup":[],"call":{"name":"think","kwargs":{}},"observation":"other words","error":true,"exc":"TypeError","db_changed":false,"diff":[]}""", null)]
    [InlineData("""{"id":"r","setup":[],"call":{"name":"think","kwargs":{"thought":""}},"observation":"hm","error":false,"exc":null,"db_changed":false,"diff":[]}""", "r: think: result: recorded hm, found ")]
    [InlineData("""{"id":"r","setup":[],"call":{"name":"think","kwargs":{"thought":""}},"observation":"","error":true,"exc":null,"db_changed":false,"diff":[]}""", "r: think: error flag: recorded True, found False")]
    [InlineData("""{"id":"r","setup":[],"call":{"name":"think","kwargs":{"thought":""}},"observation":"","error":false,"exc":null,"db_changed":true,"diff":[]}""", "r: think: database changed: recorded True, found False")]
    [InlineData("""{"id":"r","setup":[],"call":{"name":"think","kwargs":{"thought":""}},"observation":"","error":false,"exc":null,"db_changed":false,"diff":[[["users","x"],{"$absent":true},1]]}""", "r: state: recorded /users/x: - -> 1, not found")]
    [InlineData("""{"id":"r","steps":[],"final":{"official_hash":"00"}}""", "r: final official hash: recorded 00, found ")]
    [InlineData("""{"id":"r","steps":[],"final":{"canon_sha256":"00"}}""", "r: final canonical hash: recorded 00, found ")]
    [InlineData("""{"id":"r","steps":[],"final":{"canon_loose_sha256":"00"}}""", "r: final loose canonical hash: recorded 00, found ")]
    [InlineData("""{"id":"r"}""", "line 1: expected one of the fields 'steps', 'call', 'actions'")]
    [InlineData("""{"id":"r","steps":[{"name":"think"}],"final":{}}""", "line 1: expected the field 'kwargs'")]
    [InlineData("""{"id":""", "line 1: ")]
    public void Replay_Row_NamesWhatDiffers(string row, string? difference)
    {
        using var shop = new MiniShop();
        var report = shop.Replay(row);

        Assert.Equal(difference is null ? (1, 0) : (0, 1), (report.Passed, report.Failed));
        Assert.Equal(difference is null ? 0 : 1, report.Differences.Count);
        Assert.StartsWith(difference ?? "", report.Differences.FirstOrDefault() ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, """{"name":"respond","kwargs":{"content":"You get 1,000."}}""", 1)]
    [InlineData(0, """{"name":"respond","kwargs":{"content":"You get 100."}}""", 0)]
    [InlineData(0, """{"name":"think","kwargs":{"thought":"1000"}},{"name":"respond","kwargs":{"content":"Done."}}""", 0)]
    [InlineData(1, """{"name":"respond","kwargs":{"content":"1000"}}""", 0)]
    public void Replay_Conversation_ScoresStateAndOutputs(int task, string said, double reward)
    {
        using var shop = new MiniShop(Tasks);
        var report = shop.Replay($$"""{"task":"tau_bench/retail/test/{{task}}","actions":[{{Cancel}},{{said}}],"last_user_reply":"###STOP###","reward":{{reward}}}""");

        Assert.Empty(report.Differences);
    }

    [Theory]
    [InlineData("""{"name":"respond","kwargs":{"content":"1000"}}""", "\"go on\"", 0)]
    [InlineData("""{"name":"respond","kwargs":{"content":"1000"}},{"name":"transfer_to_human_agents","kwargs":{"summary":""}}""", "null", 1)]
    [InlineData("""{"name":"transfer_to_human_agents","kwargs":{"summary":""}},{"name":"respond","kwargs":{"content":"1000"}}""", "\"###STOP###\"", 0)]
    public void Replay_Conversation_EndsAtStopOrTransfer(string said, string reply, double reward)
    {
        using var shop = new MiniShop(Tasks);
        var report = shop.Replay($$"""{"task":"tau_bench/retail/test/0","actions":[{{Cancel}},{{said}}],"last_user_reply":{{reply}},"reward":{{reward}}}""");

        Assert.Empty(report.Differences);
    }

    [Fact]
    public void Replay_TaskThatIsNotThere_Fails()
    {
        using var shop = new MiniShop(Tasks);

        Assert.Equal(1, shop.Replay("""{"task":"tau_bench/retail/test/7","actions":[],"last_user_reply":null,"reward":0}""").Failed);
    }

    [Fact]
    public void Read_ToolWithoutProgram_NamesFileAndPlace()
    {
        using var shop = new MiniShop(tools: """[{"type":"function","function":{"name":"fly","description":"","parameters":{}}}]""");

        var fault = Assert.Throws<BenchmarkDataException>(() => TauBenchPackage.Read(shop.Data));
        Assert.EndsWith("tools.json, $[0].function.name: 'fly' is no tool of tau_bench/retail", fault.Message, StringComparison.Ordinal);
    }
}
