using AgentScaler.Json;

namespace AgentScaler.Datasets.Decontamination;

/// <summary>Adds up what is found: counts by kind, the first findings, and the environments, of which it holds the names.</summary>
internal sealed class ContaminationTally
{
    /// <summary>Findings shown in the report itself.</summary>
    private const int MostShown = 200;

    private readonly SortedDictionary<ContaminationKind, (long Strong, long Weak, SortedSet<string> Environments, long Trajectories)> kinds = [];
    private readonly Dictionary<string, bool> environments = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedSet<ContaminationKind>> contaminatedEnvironments = new(StringComparer.Ordinal);
    private readonly List<ContaminationFinding> strong = [];
    private readonly List<ContaminationFinding> weak = [];

    public ContaminationTally()
    {
        foreach (var kind in Enum.GetValues<ContaminationKind>())
        {
            kinds[kind] = (0, 0, new SortedSet<string>(StringComparer.Ordinal), 0);
        }
    }

    /// <summary>Trajectories looked at.</summary>
    public long Trajectories { get; private set; }

    /// <summary>Contaminated ones.</summary>
    public long Contaminated { get; private set; }

    /// <summary>Findings in all.</summary>
    public long Findings { get; private set; }

    /// <summary>Environments seen.</summary>
    public long Environments => environments.Count;

    /// <summary>Environments without a clean trajectory.</summary>
    public long EnvironmentsWithoutClean => environments.Values.Count(clean => !clean);

    /// <summary>Environments contaminated as a whole, sorted.</summary>
    public IReadOnlyList<string> ContaminatedEnvironments => [.. contaminatedEnvironments.Keys];

    /// <summary>Whether an environment is contaminated as a whole, as far as it has been seen.</summary>
    public bool IsContaminated(string environment) => contaminatedEnvironments.ContainsKey(environment);

    /// <summary>The first findings, strong ones first.</summary>
    public IReadOnlyList<ContaminationFinding> First => [.. strong.Concat(weak).Take(MostShown)];

    /// <summary>Counts by kind.</summary>
    public SortedDictionary<string, ContaminationCounts> Kinds
    {
        get
        {
            var counts = new SortedDictionary<string, ContaminationCounts>(StringComparer.Ordinal);
            foreach (var (kind, count) in kinds)
            {
                counts[EnumWord.Of(kind)] = new ContaminationCounts(count.Strong, count.Weak, count.Environments.Count, count.Trajectories);
            }

            return counts;
        }
    }

    /// <summary>Adds a task, which is no trajectory but contaminates its own.</summary>
    /// <returns>The kinds that contaminate it, sorted; empty if it is clean.</returns>
    public IReadOnlyList<ContaminationKind> AddTask(TrajectoryProbe.Outcome outcome) => [.. Found(outcome)];

    /// <summary>Adds a trajectory.</summary>
    /// <param name="ofTask">The kinds that contaminate its task.</param>
    /// <returns>The kinds that contaminate it, sorted; empty if it is clean.</returns>
    public IReadOnlyList<ContaminationKind> Add(TrajectoryProbe.Outcome outcome, IReadOnlyList<ContaminationKind> ofTask)
    {
        var found = Found(outcome);
        found.UnionWith(ofTask);
        Trajectories++;
        environments[outcome.Environment] = found.Count == 0 || environments.GetValueOrDefault(outcome.Environment);
        Contaminated += found.Count > 0 ? 1 : 0;
        foreach (var kind in found)
        {
            kinds[kind] = kinds[kind] with { Trajectories = kinds[kind].Trajectories + 1 };
        }

        return [.. found];
    }

    private SortedSet<ContaminationKind> Found(TrajectoryProbe.Outcome outcome)
    {
        foreach (var finding in outcome.Shared.Concat(outcome.Own))
        {
            Add(finding);
        }

        if (outcome.IsSharedContaminated)
        {
            if (!contaminatedEnvironments.TryGetValue(outcome.Environment, out var all))
            {
                contaminatedEnvironments[outcome.Environment] = all = [];
            }

            all.UnionWith(Strong(outcome.Shared));
        }

        return [.. Strong(outcome.Own), .. contaminatedEnvironments.GetValueOrDefault(outcome.Environment) ?? []];
    }

    private static IEnumerable<ContaminationKind> Strong(IEnumerable<ContaminationFinding> findings) =>
        findings.Where(finding => finding.Strength == ContaminationStrength.Strong).Select(finding => finding.Kind);

    private void Add(ContaminationFinding finding)
    {
        Findings++;
        var count = kinds[finding.Kind];
        var isStrong = finding.Strength == ContaminationStrength.Strong;
        var list = isStrong ? strong : weak;
        if (list.Count < MostShown)
        {
            list.Add(finding);
        }

        if (isStrong)
        {
            count.Environments.Add(finding.Environment);
        }

        kinds[finding.Kind] = (count.Strong + (isStrong ? 1 : 0), count.Weak + (isStrong ? 0 : 1), count.Environments, count.Trajectories);
    }
}
