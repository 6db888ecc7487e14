using AgentScaler.Datasets.Decontamination;

namespace AgentScaler.Datasets;

/// <summary>The parts of a card that change when a dataset is decontaminated, and how they are replaced in a card that is written.</summary>
internal static class DatasetCardRevision
{
    private const string Heading = "## Decontamination\n";

    /// <summary>The card for a manifest that came from another.</summary>
    public static string Of(string card, DatasetManifest before, DatasetManifest after)
    {
        var revised = card;
        foreach (var (old, renewed) in Parts(before).Zip(Parts(after)).Where(part => part.First.Length > 0))
        {
            revised = revised.Replace(old, renewed, StringComparison.Ordinal);
        }

        var start = revised.IndexOf(Heading, StringComparison.Ordinal);
        if (start < 0)
        {
            return revised.TrimEnd('\n') + "\n\n" + Decontamination(after.Decontamination);
        }

        var next = revised.IndexOf("\n## ", start + Heading.Length, StringComparison.Ordinal);
        return revised[..start] + Decontamination(after.Decontamination) + (next < 0 ? "" : revised[next..]);
    }

    /// <summary>What in a card follows from the rows.</summary>
    private static string[] Parts(DatasetManifest manifest) =>
        [Opening(manifest.Counts), Size(manifest.Counts), DatasetCard.Licence(manifest) + "\n", DatasetCard.Licences(manifest), DatasetCard.TasksLeftOut(manifest.Counts), DatasetCard.Coverage(manifest), DatasetCard.Difficulty(manifest), DatasetCard.DifficultyFiles(manifest)];

    /// <summary>The card with the formats that the dataset has by now in its head.</summary>
    /// <param name="paths">The dataset's files.</param>
    /// <returns>Null where the card has no head with <c>configs</c>.</returns>
    public static string? WithConfigs(string card, IEnumerable<string> paths)
    {
        const string Start = "\nconfigs:\n", End = "\n---\n";
        var start = card.IndexOf(Start, StringComparison.Ordinal);
        var end = start < 0 ? -1 : card.IndexOf(End, start, StringComparison.Ordinal);
        return end < 0 ? null : card[..(start + 1)] + DatasetConfigs.Of(paths) + card[end..];
    }

    /// <summary>The line that says how much there is.</summary>
    public static string Opening(DatasetCounts counts) =>
        $"{counts.Kept} tool-use trajectories from {counts.EnvironmentsWithKept} executable environments, each proven: the database it left behind, or the calls it";

    /// <summary>The head's size category.</summary>
    public static string Size(DatasetCounts counts) =>
        "size_categories:\n- " + counts.Kept switch { < 1000 => "n<1K", < 10_000 => "1K<n<10K", < 100_000 => "10K<n<100K", < 1_000_000 => "100K<n<1M", _ => "n>1M" };

    /// <summary>The section on benchmarks; ends with a line feed.</summary>
    public static string Decontamination(DatasetDecontamination? decontamination)
    {
        if (decontamination is null)
        {
            return Heading + "\nNot compared with any benchmark yet: `agentscaler dataset decontaminate DIR --against BENCHMARK`.\n"
                + "Whether it shares anything with a benchmark was not looked at: don't report scores on one without doing so.\n";
        }

        var done = decontamination.Mode == DecontaminationMode.Exclude ? "left out" : "marked in `contamination.jsonl`";
        var notRead = decontamination.NotRead > 0 ? $" {decontamination.NotRead} more could not be read, or not wholly." : "";
        var lines = new List<string>
        {
            $"{decontamination.Checked} trajectories were compared with {decontamination.Against.Count} files ({string.Join(", ", decontamination.Against)}): {decontamination.Contaminated} contaminated, {done}.{notRead}",
            $"Same are: tools by name and parameters; texts that share {decontamination.Settings.Words} words in a row, or, where they have fewer but at least {DecontaminationSettings.ShortestText}, are a whole message or line; tools, texts and rows whose Jaccard index is at least {decontamination.Settings.Similarity.ToString(System.Globalization.CultureInfo.InvariantCulture)}. A tool's name alone is weak and counts for nothing.",
            "",
            "| kind | strong | weak | environments | trajectories |",
            "|---|--:|--:|--:|--:|",
        };
        lines.AddRange(decontamination.Kinds.Select(kind => $"| {kind.Key} | {kind.Value.Strong} | {kind.Value.Weak} | {kind.Value.Environments} | {kind.Value.Trajectories} |"));
        return Heading + "\n" + string.Join('\n', lines) + "\n";
    }
}
