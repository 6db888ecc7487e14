namespace AgentScaler.Datasets.Validation;

/// <summary>Which rule holds for which file of which format.</summary>
internal static class FormatRules
{
    private static readonly Dictionary<(string Format, string File), Func<bool, IRowCheck>> Rules = new()
    {
        [("axolotl", "train.jsonl")] = _ => new AxolotlCheck(),
        [("llama-factory", "train.jsonl")] = _ => new LlamaFactoryCheck(),
        [("ms-swift", "train.jsonl")] = _ => new SwiftCheck(),
        [("nemo-gym", "train.jsonl")] = _ => new NemoGymCheck(),
        [("openai", "train.jsonl")] = _ => new OpenAiCheck(),
        [("openai-dpo", "train.jsonl")] = _ => new OpenAiPreferenceCheck(),
        [("parquet", "train.parquet")] = sorted => new ParquetTrajectoryCheck(sorted),
        [("trl", "train.jsonl")] = _ => new TrlCheck(),
        [("trl", "preferences.jsonl")] = _ => new TrlPreferenceCheck(),
        [("verl", "train.parquet")] = _ => new VerlCheck(),
    };

    /// <summary>The formats there are rules for, as their folders are called, sorted.</summary>
    public static IReadOnlyList<string> Formats { get; } = [.. Rules.Keys.Select(key => key.Format).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The files of rows there are rules for.</summary>
    public static IReadOnlyCollection<(string Format, string File)> Files => Rules.Keys;

    /// <summary>A new check for the rows of a file; null if there is no rule for it.</summary>
    /// <param name="sorted">Whether rows stand in the dataset's order.</param>
    public static IRowCheck? Of(string format, string file, bool sorted = true) => Rules.GetValueOrDefault((format, file))?.Invoke(sorted);
}
