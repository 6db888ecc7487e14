using System.Text.Json;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Decontamination;
using AgentScaler.Determinism;
using AgentScaler.Json;

namespace AgentScaler.Training;

/// <summary>The trajectories of a dataset as far as planning needs them, read in one pass; the lines stay in the file.</summary>
internal sealed class PhaseIndex
{
    private readonly Dictionary<string, int> environmentNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> domainNumbers = new(StringComparer.Ordinal);
    private readonly List<(string Id, int Domain)> environments = [];
    private readonly List<(string Id, string Name)> domains = [];
    private readonly List<PhaseRow> rows = [];

    private PhaseIndex()
    {
    }

    /// <summary>The trajectories in the order of the file.</summary>
    public IReadOnlyList<PhaseRow> Rows => rows;

    /// <summary>Environments by number, with the number of their domain.</summary>
    public IReadOnlyList<(string Id, int Domain)> Environments => environments;

    /// <summary>Domains by number.</summary>
    public IReadOnlyList<(string Id, string Name)> Domains => domains;

    /// <summary>Trajectories left out because they are marked as contaminated.</summary>
    public long Contaminated { get; private set; }

    /// <summary>Whether any trajectory says how hard its task is.</summary>
    public bool KnowsDifficulty { get; private set; }

    /// <summary>Reads a dataset.</summary>
    /// <param name="root">The folder that holds <c>dataset/</c>.</param>
    /// <exception cref="DatasetException">A line is no record.</exception>
    public static async Task<PhaseIndex> ReadAsync(string root, Seed seed, CancellationToken cancellationToken)
    {
        var index = new PhaseIndex();
        var marked = await MarkedAsync(Path.Combine(root, "dataset", ContaminationMark.FileName), cancellationToken);
        var file = Path.Combine(root, "dataset", "canonical.jsonl");
        long number = 0;
        await foreach (var (offset, line) in ByteLines.ReadAsync(file, cancellationToken))
        {
            index.Add(line, offset, $"dataset/canonical.jsonl:{++number}", marked, seed);
        }

        return index;
    }

    private void Add(ReadOnlyMemory<byte> line, long offset, string place, HashSet<string> marked, Seed seed)
    {
        JsonElement metadata;
        try
        {
            metadata = TrajectoryLine.ReadMetadata(line.Span) ?? throw new DatasetException($"{place}: $.metadata: expected an object");
        }
        catch (JsonException e)
        {
            throw new DatasetException($"{place}: expected a record: {e.Message}");
        }

        string Text(string name) => metadata.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new DatasetException($"{place}: $.metadata.{name}: expected text");

        var episode = Text("episode");
        if (marked.Contains(episode))
        {
            Contaminated++;
            return;
        }

        var (domainId, domainName) = (Text("domain"), Text("domain_name"));
        var domain = Number(domainNumbers, domainId, domains.Count, () => domains.Add((domainId, domainName)));
        var environmentId = Text("environment");
        var environment = Number(environmentNumbers, environmentId, environments.Count, () => environments.Add((environmentId, domain)));
        var band = Array.IndexOf(DatasetDifficulty.Bands, DatasetDifficulty.BandOf(metadata));
        KnowsDifficulty |= band >= 0;
        rows.Add(new PhaseRow(offset, line.Length, seed.Child(episode).Random().NextBits(), environment, domain, (byte)(band < 0 ? 1 : band)));
    }

    private static int Number(Dictionary<string, int> numbers, string id, int next, Action add)
    {
        if (!numbers.TryGetValue(id, out var number))
        {
            numbers[id] = number = next;
            add();
        }

        return number;
    }

    private static async Task<HashSet<string>> MarkedAsync(string file, CancellationToken cancellationToken)
    {
        var marked = new HashSet<string>(StringComparer.Ordinal);
        if (File.Exists(file))
        {
            await foreach (var line in DatasetRows.ReadAsync(file, cancellationToken))
            {
                if (JsonText.Read(line) is { ValueKind: JsonValueKind.Object } mark && mark.TryGetProperty("contaminated", out var contaminated)
                    && contaminated.ValueKind == JsonValueKind.True && mark.TryGetProperty("episode", out var episode) && episode.ValueKind == JsonValueKind.String)
                {
                    marked.Add(episode.GetString()!);
                }
            }
        }

        return marked;
    }
}
