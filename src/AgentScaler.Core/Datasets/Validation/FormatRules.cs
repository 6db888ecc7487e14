namespace AgentScaler.Datasets.Validation;

/// <summary>Which rule holds for which file of which format.</summary>
internal static class FormatRules
{
    /// <summary>The formats there are rules for, as their folders are called.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["axolotl", "llama-factory", "ms-swift", "nemo-gym", "openai", "openai-dpo", "parquet", "trl", "verl"];

    /// <summary>A new check for the rows of a file; null if it has no rows.</summary>
    /// <param name="sorted">Whether rows stand in the dataset's order.</param>
    public static IRowCheck? Of(string format, string file, bool sorted = true) => (format, file) switch
    {
        ("axolotl", "train.jsonl") => new AxolotlCheck(),
        ("llama-factory", "train.jsonl") => new LlamaFactoryCheck(),
        ("ms-swift", "train.jsonl") => new SwiftCheck(),
        ("nemo-gym", "train.jsonl") => new NemoGymCheck(),
        ("openai", "train.jsonl") => new OpenAiCheck(),
        ("openai-dpo", "train.jsonl") => new OpenAiPreferenceCheck(),
        ("parquet", "train.parquet") => new ParquetTrajectoryCheck(sorted),
        ("trl", "train.jsonl") => new TrlCheck(),
        ("trl", "preferences.jsonl") => new TrlPreferenceCheck(),
        ("verl", "train.parquet") => new VerlCheck(),
        _ => null,
    };
}
