using System.Text;
using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Datasets.Decontamination;

/// <summary>What a dataset says of itself, counted anew over its clean trajectories. It holds the ids of their tasks and environments.</summary>
internal sealed class CleanRows
{
    private readonly Dictionary<string, int> kept = new(StringComparer.Ordinal);
    private readonly HashSet<string> environments = new(StringComparer.Ordinal);
    private readonly SortedSet<string> licences = new(StringComparer.Ordinal);

    /// <summary>Licences behind them, sorted.</summary>
    public IReadOnlyList<string> Licences => [.. licences];

    /// <summary>How many there are by difficulty; empty where none is recorded.</summary>
    public SortedDictionary<string, long> Difficulty { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds one.</summary>
    public void Add(TrajectoryProbe.Outcome outcome, JsonElement metadata)
    {
        kept[outcome.Task] = KeptOf(outcome.Task) + 1;
        environments.Add(outcome.Environment);
        if (DatasetDifficulty.BandOf(metadata) is { } band)
        {
            Difficulty[band] = Difficulty.GetValueOrDefault(band) + 1;
        }

        if (metadata.TryGetProperty("licences", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            licences.UnionWith(list.EnumerateArray().Where(licence => licence.ValueKind == JsonValueKind.String).Select(JsonText.Of));
        }
    }

    /// <summary>Whether an environment has any.</summary>
    public bool Has(string environment) => environments.Contains(environment);

    /// <summary>How many a task has.</summary>
    public int KeptOf(string task) => kept.GetValueOrDefault(task);

    /// <summary>A task's line with another number of kept trajectories; nothing else of it changes.</summary>
    public static string WithKept(string line, int number)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 256 });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals("kept"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (found)
            {
                return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetString(bytes, 0, start)}{number}{Encoding.UTF8.GetString(bytes.AsSpan((int)reader.BytesConsumed))}");
            }
        }

        return line;
    }
}
