using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Benchmarks.TauBench;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Replay;

namespace AgentScaler.Benchmarks.Tests.TauBench;

/// <summary>A retail domain of one customer, two orders and one product, in a folder laid out as the benchmark's; made up for these tests.</summary>
internal sealed class MiniShop : IDisposable
{
    private const string Database = """
        {"orders":{
          "#W1":{"order_id":"#W1","user_id":"ann_1","address":{"zip":"10001"},"items":[{"name":"Lamp","product_id":"70","item_id":"9","price":10.5,"options":{"2":"b","1":"a"}}],
            "status":"pending","payment_history":[{"transaction_type":"payment","amount":10.5,"payment_method_id":"gift_card_1"}]},
          "#W2":{"order_id":"#W2","user_id":"ann_1","address":{"zip":"10001"},"items":[{"name":"Lamp","product_id":"70","item_id":"9","price":10.5,"options":{}}],
            "status":"delivered","payment_history":[{"transaction_type":"payment","amount":10.5,"payment_method_id":"paypal_1"}]}},
         "products":{"70":{"name":"Lamp","product_id":"70","variants":{"9":{"item_id":"9","options":{"2":"b","1":"a"},"available":true,"price":10.5},
           "10":{"item_id":"10","options":{"shade":"é"},"available":true,"price":8.0},"8":{"item_id":"8","options":{},"available":false,"price":1.0}}}},
         "users":{"ann_1":{"name":{"first_name":"Ann","last_name":"Lee"},"address":{"zip":"10001"},"email":"Ann@example.com",
           "payment_methods":{"gift_card_1":{"source":"gift_card","balance":5,"id":"gift_card_1"},"paypal_1":{"source":"paypal","id":"paypal_1"}},"orders":["#W1","#W2"]}}}
        """;

    private static readonly string[] Tools =
    [
        "calculate", "cancel_pending_order", "exchange_delivered_order_items", "find_user_id_by_email", "find_user_id_by_name_zip", "get_order_details", "get_product_details",
        "get_user_details", "list_all_product_types", "modify_pending_order_address", "modify_pending_order_items", "modify_pending_order_payment", "modify_user_address",
        "return_delivered_order_items", "think", "transfer_to_human_agents",
    ];

    private readonly TemporaryFolder folder = new();

    public MiniShop(string tasks = "[]", string? tools = null)
    {
        Write("db.json", Database);
        Write("tools.json", tools ?? new JsonArray([.. Tools.Select(Tool)]).ToJsonString());
        Write("wiki.md", "# Be kind\n");
        Write("tasks_test.json", tasks);
        Engine = new EnvironmentEngine(new EngineOptions { MaximumIsolates = 1 }, new FrozenClock(DateTimeOffset.UnixEpoch));
    }

    public EnvironmentEngine Engine { get; }

    public string Path => folder.Path;

    public TauBenchData Data => TauBenchData.Open(folder.Path, TauBenchDomain.Retail);

    public TauBenchEnvironment Load() => TauBenchEnvironment.Load(Data, Engine);

    /// <summary>Replays rows given as JSON Lines.</summary>
    public CallsReport Replay(params string[] rows)
    {
        Write("rows.jsonl", string.Join('\n', rows));
        return CallsReplay.Run(System.IO.Path.Combine(folder.Path, "rows.jsonl"), new TauBenchReplay(Load(), Data));
    }

    public void Dispose()
    {
        Engine.Dispose();
        folder.Dispose();
    }

    private void Write(string name, string text) => File.WriteAllText(System.IO.Path.Combine(folder.Path, name), text);

    private static JsonNode Tool(string name) => JsonSerializer.SerializeToNode(new
    {
        type = "function",
        function = new { name, description = "A tool.", parameters = new { type = "object", properties = new { } } },
    })!;
}
