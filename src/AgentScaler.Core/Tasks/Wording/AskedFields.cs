using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Tasks.Wording;

/// <summary>Chooses what the user asks of what a read shows: what one might want to know, can say, and has not been told.</summary>
internal sealed class AskedFields(SeededRandom random)
{
    private readonly List<string> answers = [];

    /// <summary>Takes note of answers that the user will have.</summary>
    public void Add(IEnumerable<RequiredOutput> outputs) => answers.AddRange(outputs.Select(output => Plainly(output.Text)));

    /// <summary>Up to two fields, sorted, with the outputs that answer them; empty if the read shows nothing that could be asked for.</summary>
    /// <param name="known">What the user knows by now.</param>
    /// <param name="shown">What the agent has seen.</param>
    public (IReadOnlyList<string> Fields, IReadOnlyList<RequiredOutput> Outputs, int Rows) Choose(PlannedRequest request, CollectionSpec collection, string known, string shown)
    {
        var goal = request.Goal;
        using var document = JsonDocument.Parse(goal.Result);
        var places = KnownRows.RowsOf(goal.Tool, document.RootElement).ToList();
        var rows = places.Select(row => row.Row).ToList();
        if (rows.Count == 0)
        {
            return ([], [], 0);
        }

        var askable = Askable(goal, collection, rows, known + shown);
        if (askable.Count == 0)
        {
            // The agent has seen it, the user has not been told: a question still, if a duller one.
            askable = Askable(goal, collection, rows, known);
        }

        // Ids and the like are for machines: people ask for them where there is nothing else.
        var human = askable.Where(field => !SpokenWords.IsForMachines(field)).ToList();
        var most = goal.Tool.Binding.Kind == OperationKind.Get ? random.Between(1, 2) : 1;
        var asked = new List<string>();
        foreach (var field in random.Shuffle(human.Count > 0 ? human : askable))
        {
            if (asked.Count < most && IsAnswerable(rows, [.. asked, field]))
            {
                asked.Add(field);
            }
        }

        asked.Sort(StringComparer.Ordinal);
        var call = request.FirstCall + request.Calls.Count - 1;
        return (asked.ConvertAll(field => field == ToolBinding.Itself ? collection.Key : field), places.SelectMany(row => asked.Select(field =>
            new RequiredOutput(SpokenWords.Sayable(row.Row.GetProperty(field))!, call, ShownRows.PathOf(row.Path, field)))).ToList(), rows.Count);
    }

    /// <summary>Whether each answer tells something of its own: one that another says already, or holds as a piece, could be left out unnoticed.</summary>
    private bool IsAnswerable(List<JsonElement> rows, IReadOnlyList<string> fields)
    {
        var texts = rows.SelectMany(row => fields.Select(field => Plainly(SpokenWords.Sayable(row.GetProperty(field))!))).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return texts.Index().All(text => answers.Concat(texts.Take(text.Index)).All(other =>
            !other.Contains(text.Item, StringComparison.OrdinalIgnoreCase) && !text.Item.Contains(other, StringComparison.OrdinalIgnoreCase)));
    }

    private static List<string> Askable(PlannedCall goal, CollectionSpec collection, List<JsonElement> rows, string said) =>
    [
        .. goal.Tool.Binding.ResultFields.Where(field => (field.Key == ToolBinding.Itself || SpokenWords.IsWorthAsking(collection, field.Value)) && rows.All(row =>
            row.TryGetProperty(field.Key, out var value) && SpokenWords.Sayable(value) is { } text && !said.Contains(text, StringComparison.OrdinalIgnoreCase))).Select(field => field.Key),
    ];

    /// <summary>An answer without what the funnel overlooks.</summary>
    private static string Plainly(string text) => text.Replace(",", string.Empty, StringComparison.Ordinal);
}
