namespace AgentScaler.Datasets.Writers;

/// <summary>Counts what one file cannot carry, by reason, and lists the first of each.</summary>
/// <param name="file">The file's name within its format.</param>
public sealed class ExportLosses(string file)
{
    /// <summary>Records listed of each reason; beyond that they are only counted, so that memory stays bounded.</summary>
    public const int Listed = 1000;

    private readonly SortedDictionary<(string Reason, ExportEffect Effect), (long Count, List<LostPlace> First)> found = new(
        Comparer<(string Reason, ExportEffect Effect)>.Create((a, b) => string.CompareOrdinal(a.Reason, b.Reason) is var order and not 0 ? order : a.Effect.CompareTo(b.Effect)));

    /// <summary>A record has no row.</summary>
    /// <param name="id">The record's id.</param>
    /// <param name="place">Where in it, e.g. <c>$.messages[3].tool_calls[0]</c>.</param>
    /// <returns>False, as a writer's answer.</returns>
    public bool Row(string id, string reason, string place)
    {
        Add(id, reason, ExportEffect.Row, place);
        return false;
    }

    /// <summary>A record's row lacks a part.</summary>
    /// <inheritdoc cref="Row"/>
    public void Part(string id, string reason, string place) => Add(id, reason, ExportEffect.Part, place);

    /// <summary>All losses, sorted by reason.</summary>
    public IReadOnlyList<ExportLoss> ToList() =>
        [.. found.Select(entry => new ExportLoss(file, entry.Key.Reason, entry.Key.Effect, entry.Value.Count, entry.Value.First))];

    private void Add(string id, string reason, ExportEffect effect, string place)
    {
        var (count, first) = found.GetValueOrDefault((reason, effect), (0, []));
        if (first.Count < Listed)
        {
            first.Add(new LostPlace(id, place));
        }

        found[(reason, effect)] = (count + 1, first);
    }
}
