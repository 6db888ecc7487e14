using System.Text.Json;
using AgentScaler.Episodes;

namespace AgentScaler.Datasets.Decontamination;

/// <summary>
/// A benchmark's tools, texts and rows by hash. Memory grows with the benchmark (about 30 bytes a run of words, 2 kB a row or text), not with the dataset.
/// </summary>
internal sealed class BenchmarkIndex(DecontaminationSettings settings)
{
    /// <summary>Words of the shingles by which whole texts are compared.</summary>
    private const int Shingle = 3;

    private readonly List<(ContaminationKind Kind, string Place)> items = [];
    private readonly Dictionary<ulong, int> names = [];
    private readonly Dictionary<ulong, List<(ulong Description, int Parameters, int Item)>> signatures = [];
    private readonly Dictionary<ulong, int> parameterSets = [];
    private readonly MinHashIndex tools = new();
    private readonly Dictionary<ulong, int> wholes = [];
    private readonly Dictionary<ulong, int> runs = [];
    private readonly MinHashIndex texts = new();
    private readonly Dictionary<ulong, int> rowSets = [];
    private readonly HashSet<ulong> rowValues = [];
    private readonly MinHashIndex rows = new();

    /// <summary>Adds a tool.</summary>
    public void Add(ToolSketch tool, string place)
    {
        var item = NewItem(ContaminationKind.ToolSchema, place);
        names.TryAdd(WordHash.Of(tool.Name), item);
        if (!signatures.TryGetValue(tool.Signature, out var same))
        {
            signatures[tool.Signature] = same = [];
        }

        same.Add((tool.DescriptionHash, tool.Parameters.Count, item));
        if (tool.Parameters.Count >= ToolSketch.TellingParameters)
        {
            parameterSets.TryAdd(tool.ParametersHash, item);
        }

        if (tool.Words() is { } words)
        {
            tools.Add(words, item);
        }
    }

    /// <summary>
    /// Adds a text of at least <see cref="DecontaminationSettings.ShortestText"/> words. One of fewer words than a run has is anybody's where it stands among others: it counts as a whole.
    /// </summary>
    /// <returns>Whether it was long enough.</returns>
    public bool Add(ContaminationKind kind, string text, string place)
    {
        var words = WordHash.Of(TextWords.Of(text));
        if (words.Length < DecontaminationSettings.ShortestText)
        {
            return false;
        }

        var item = NewItem(kind, place);
        wholes.TryAdd(WordHash.Sequence(words), item);
        foreach (var run in WordHash.Runs(words, settings.Words))
        {
            runs.TryAdd(run, item);
        }

        texts.Add(Shingles(words), item);
        return true;
    }

    /// <summary>Adds a row, if it has values enough of its own.</summary>
    /// <returns>Whether it had, and no row before it was the same.</returns>
    public bool AddRow(JsonElement row, string place)
    {
        if (RowSketch.Values(row, settings.RowValues) is not { } values || !rowSets.TryAdd(WordHash.Sequence(values), items.Count))
        {
            return false;
        }

        rows.Add(values, NewItem(ContaminationKind.Row, place));
        rowValues.UnionWith(values);
        return true;
    }

    /// <summary>What a tool shares with the benchmark's.</summary>
    public IEnumerable<BenchmarkMatch> Find(ToolSketch tool)
    {
        var strong = Same(tool);
        if (strong is null && tool.Words() is { } words && tools.Find(words, settings.Similarity) is { } near)
        {
            strong = Match(near.Item, ContaminationStrength.Strong, MatchMethod.MinHash, near.Similarity);
        }

        if (strong is not null)
        {
            yield return strong;
            yield break;
        }

        if (names.TryGetValue(WordHash.Of(tool.Name), out var name))
        {
            yield return Match(name, ContaminationStrength.Weak, MatchMethod.Exact, 1) with { Kind = ContaminationKind.ToolName };
        }
        else if (tool.Parameters.Count >= ToolSketch.TellingParameters && parameterSets.TryGetValue(tool.ParametersHash, out var parameters))
        {
            yield return Match(parameters, ContaminationStrength.Weak, MatchMethod.Exact, 1);
        }
    }

    /// <summary>What a text shares with the benchmark's: the whole or a line of it, or runs of words, or else most of its shingles; each of the benchmark's texts once.</summary>
    public IEnumerable<BenchmarkMatch> Find(string text)
    {
        var spelt = TextWords.Of(text);
        if (spelt.Count < DecontaminationSettings.ShortestText || wholes.Count == 0)
        {
            yield break;
        }

        var words = WordHash.Of(spelt);
        var seen = new HashSet<int>();
        if (wholes.TryGetValue(WordHash.Sequence(words), out var whole))
        {
            seen.Add(whole);
            yield return Match(whole, ContaminationStrength.Strong, MatchMethod.Exact, 1);
        }

        foreach (var line in text.Contains('\n') ? text.Split('\n') : [])
        {
            if (wholes.TryGetValue(WordHash.Sequence(WordHash.Of(TextWords.Of(line))), out var item) && seen.Add(item))
            {
                yield return Match(item, ContaminationStrength.Strong, MatchMethod.Exact, 1) with { Excerpt = line.Trim() };
            }
        }

        var start = 0;
        foreach (var run in WordHash.Runs(words, settings.Words))
        {
            if (runs.TryGetValue(run, out var item) && seen.Add(item))
            {
                yield return Match(item, ContaminationStrength.Strong, MatchMethod.NGram, 1) with { Excerpt = string.Join(' ', spelt.Skip(start).Take(settings.Words)) };
            }

            start++;
        }

        if (seen.Count == 0 && texts.Find(Shingles(words), settings.Similarity) is { } near)
        {
            yield return Match(near.Item, ContaminationStrength.Strong, MatchMethod.MinHash, near.Similarity);
        }
    }

    /// <summary>The benchmark's row that an object is, or nearly is.</summary>
    public BenchmarkMatch? FindRow(JsonElement row)
    {
        if (rowValues.Count == 0 || RowSketch.Values(row, settings.RowValues) is not { } values)
        {
            return null;
        }

        if (rowSets.TryGetValue(WordHash.Sequence(values), out var same))
        {
            return Match(same, ContaminationStrength.Strong, MatchMethod.Exact, 1);
        }

        // Most rows share no value with the benchmark: they need no signature.
        return values.Count(rowValues.Contains) >= settings.RowValues && rows.Find(values, settings.Similarity) is { } near
            ? Match(near.Item, ContaminationStrength.Strong, MatchMethod.MinHash, near.Similarity)
            : null;
    }

    /// <summary>A tool of the same name and parameters; of one parameter or none only if its description is the same too.</summary>
    private BenchmarkMatch? Same(ToolSketch tool)
    {
        if (!signatures.TryGetValue(tool.Signature, out var same))
        {
            return null;
        }

        foreach (var (description, parameters, item) in same)
        {
            if (parameters > 1 || (description == tool.DescriptionHash && tool.Description.Count > 0))
            {
                return Match(item, ContaminationStrength.Strong, MatchMethod.Exact, 1);
            }
        }

        return null;
    }

    private static ulong[] Shingles(ulong[] words) => WordHash.Set(WordHash.Runs(words, Math.Min(Shingle, words.Length)));

    private int NewItem(ContaminationKind kind, string place)
    {
        items.Add((kind, place));
        return items.Count - 1;
    }

    private BenchmarkMatch Match(int item, ContaminationStrength strength, MatchMethod method, double similarity) =>
        new(items[item].Kind, strength, method, items[item].Place, Math.Round(similarity, 3), null);
}
