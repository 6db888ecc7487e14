using System.Text.Json;

namespace AgentScaler.Core.Tests.Datasets.Decontamination;

/// <summary>A benchmark of ours about kettles, of which nothing stands in any dataset unless a test plants it.</summary>
internal static class KettleBenchmark
{
    public const string Tool = """{"name":"swap_delivered_kettle","description":"Swap a delivered kettle for another colour of the same kettle, once an order.","parameters":{"type":"object","properties":{"order_id":{"type":"string"},"colour":{"type":"string"}},"required":["order_id"]}}""";

    public const string Instruction = "You are Mina Okafor in zip 40961. Your kettle came in teal and you wanted rust, and if that can't be had you will keep it but ask for a refund of the delivery.";

    public const string Row = """{"order_id":"#K5512077","owner":"mina_okafor_7731","address":{"street":"18 Foundry Lane","city":"Port Amber"},"total":48.5}""";

    public const string Policy = "# Kettles\n\nA kettle that was delivered can be swapped once, for another colour of the same model, and only while the order has not been returned.\n\nDeny requests against this policy.";

    /// <summary>Writes it beside a dataset.</summary>
    public static PlantedDataset WithBenchmark(this PlantedDataset dataset) => dataset
        .Write("tools.json", $$"""[{"type":"function","function":{{Tool}}}]""")
        .Write("tasks.jsonl", JsonSerializer.Serialize(new { user_id = "mina_okafor_7731", instruction = Instruction }) + "\n")
        .Write("policy.md", Policy)
        .Write("db.json", $$$"""{"orders":{"#K5512077":{{{Row}}}}}""");
}
