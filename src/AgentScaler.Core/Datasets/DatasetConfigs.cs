namespace AgentScaler.Datasets;

/// <summary>The <c>configs</c> of a card's head: which files of a dataset load as what (Hugging Face's dataset cards). One for each format, the canonical form first.</summary>
internal static class DatasetConfigs
{
    private const string Prefix = "dataset/";

    private static readonly string[] Extensions = [".jsonl", ".parquet"];

    /// <summary>The lines of the head.</summary>
    /// <param name="paths">Files of the dataset, in any order; those that hold no records are passed over.</param>
    public static string Of(IEnumerable<string> paths)
    {
        var lines = new List<string> { "configs:", "- config_name: canonical", "  default: true", "  data_files:", "  - split: train", "    path: canonical.jsonl" };
        foreach (var (name, path) in paths.Where(path => path.StartsWith(Prefix, StringComparison.Ordinal) && Extensions.Contains(Path.GetExtension(path), StringComparer.Ordinal))
            .Select(path => path[Prefix.Length..]).Where(path => path != "canonical.jsonl").Select(path => (Name: Name(path), Path: path)).OrderBy(config => config.Name, StringComparer.Ordinal).ThenBy(config => config.Path, StringComparer.Ordinal))
        {
            lines.AddRange([$"- config_name: {name}", "  data_files:", "  - split: train", $"    path: {path}"]);
        }

        return string.Join('\n', lines);
    }

    /// <summary><c>openai/train.jsonl</c> is <c>openai</c>, <c>trl/preferences.jsonl</c> <c>trl-preferences</c>, <c>tasks.jsonl</c> <c>tasks</c>.</summary>
    private static string Name(string path)
    {
        var name = Path.ChangeExtension(path, null);
        return (name.EndsWith("/train", StringComparison.Ordinal) ? name[..^6] : name).Replace('/', '-');
    }
}
