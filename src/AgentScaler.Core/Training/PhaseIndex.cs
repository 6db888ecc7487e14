using System.Text.Json;
using AgentScaler.Datasets;
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
    /// <param name="progress">Told how many trajectories are read; or null.</param>
    /// <exception cref="DatasetException">A line is no record, a trajectory has no mark where there are marks, or a file is not the one that the manifest lists.</exception>
    public static async Task<PhaseIndex> ReadAsync(string root, DatasetManifest manifest, Seed seed, IProgress<CountProgress>? progress, CancellationToken cancellationToken)
    {
        var index = new PhaseIndex();
        using var file = new ListedLines(root, "dataset/canonical.jsonl", manifest);
        await using var marks = ContaminationMarks.Open(root, manifest);
        long number = 0;
        var total = manifest.Files.First(listed => listed.Path == file.Name).Rows ?? 0;
        await foreach (var (offset, line) in file.ReadAsync(cancellationToken))
        {
            var place = $"{file.Name}:{++number}";
            var metadata = Metadata(line, place);
            var contaminated = marks is not null && await marks.NextAsync(Text(metadata, "episode", place), place, cancellationToken);
            index.Add(metadata, (offset, line.Length + 1), place, contaminated, seed);
            progress?.Report(new CountProgress(number, total, "trajectories read"));
        }

        if (marks is not null)
        {
            await marks.EndAsync(number, cancellationToken);
        }

        return index;
    }

    private static JsonElement Metadata(ReadOnlyMemory<byte> line, string place)
    {
        try
        {
            return TrajectoryLine.ReadMetadata(line.Span) ?? throw new DatasetException($"{place}: $.metadata: expected an object");
        }
        catch (JsonException e)
        {
            throw new DatasetException($"{place}: expected a record: {e.Message}");
        }
    }

    private static string Text(JsonElement metadata, string name, string place) => metadata.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        ? JsonText.Of(value)
        : throw new DatasetException($"{place}: $.metadata.{name}: expected text");

    private void Add(JsonElement metadata, (long Offset, int Length) line, string place, bool contaminated, Seed seed)
    {
        string Text(string name) => PhaseIndex.Text(metadata, name, place);

        if (contaminated)
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
        rows.Add(new PhaseRow(line.Offset, line.Length, seed.Child(Text("episode")).Random().NextBits(), environment, domain, (byte)(band < 0 ? 1 : band)));
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
}
