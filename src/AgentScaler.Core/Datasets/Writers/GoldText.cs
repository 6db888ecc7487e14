namespace AgentScaler.Datasets.Writers;

/// <summary>A task's ground truth as the verifier of a reinforcement learner gets it.</summary>
internal static class GoldText
{
    /// <summary>Adds the members of the ground truth to an object.</summary>
    public static JsonRow Add(JsonRow row, DatasetGold gold)
    {
        row.Text("proof"u8, gold.Proof).Text("initial_hash"u8, gold.InitialHash).Name("initial_changes"u8).Array();
        foreach (var change in gold.InitialChanges)
        {
            row.Object().Text("collection"u8, change.Collection).Text("key"u8, change.Key).Flag("removed"u8, change.Removed);
            if (change.Row is { } content)
            {
                row.Value("row"u8, content);
            }

            row.EndObject();
        }

        row.EndArray().Text("gold_hash"u8, gold.GoldHash).Name("gold_calls"u8).Array();
        foreach (var call in gold.Calls)
        {
            row.Object().Text("name"u8, call.Name).Value("arguments"u8, call.Arguments).EndObject();
        }

        row.EndArray().Name("required_outputs"u8).Array();
        foreach (var output in gold.RequiredOutputs)
        {
            row.Text(output);
        }

        return row.EndArray();
    }
}
