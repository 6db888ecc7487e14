using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;

namespace AgentScaler.Tasks.Coverage;

/// <summary>
/// What the tasks of an environment have to cover, and what they cover so far: every tool, and every edge of the dependency graph between its tools. Both
/// are fixed before the first walk, so nothing drops out of the count because no walk got there.
/// </summary>
internal sealed class CoveragePlan
{
    private readonly SortedDictionary<string, int> tools = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> edges = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Producer, string Consumer), List<string>> between = [];
    private readonly EnvironmentPackage package;
    private readonly TaskSettings settings;
    private readonly List<TaskSpec> tasks = [];
    private readonly Dictionary<(string Producer, string Consumer), int> aims = [];
    private readonly List<(string Producer, string Consumer)> aimed = [];
    private readonly int vain;

    /// <summary>Fixes what is to be covered.</summary>
    /// <param name="dependencies">The domain's dependency graph; edges of tools that the package lacks are no edges of it.</param>
    public CoveragePlan(EnvironmentPackage package, IReadOnlyList<DependencyEdge> dependencies, TaskSettings settings)
    {
        this.package = package;
        this.settings = settings;
        foreach (var tool in package.Tools)
        {
            tools[tool.Name] = 0;
        }

        var byName = package.Tools.ToDictionary(tool => tool.Name, StringComparer.Ordinal);
        foreach (var edge in dependencies.Where(edge => tools.ContainsKey(edge.Producer) && tools.ContainsKey(edge.Consumer)))
        {
            if (IsVain(byName[edge.Producer], byName[edge.Consumer], edge))
            {
                vain++;
                continue;
            }

            var name = NameOf(edge.Producer, edge.Consumer, edge.Parameter);
            if (edges.TryAdd(name, 0))
            {
                if (!between.TryGetValue((edge.Producer, edge.Consumer), out var names))
                {
                    between[(edge.Producer, edge.Consumer)] = names = [];
                }

                names.Add(name);
            }
        }
    }

    /// <summary>How many gold calls of kept tasks call a tool.</summary>
    public int TimesCalled(string tool) => tools[tool];

    /// <summary>Whether something that one tool can give another was not given in any kept task.</summary>
    /// <param name="parameter">The parameter that takes it; null for any.</param>
    public bool IsOpen(string producer, string consumer, string? parameter = null) => parameter is not null ? edges.TryGetValue(NameOf(producer, consumer, parameter), out var count) && count == 0
        : between.TryGetValue((producer, consumer), out var names) && names.Any(name => edges[name] == 0);

    /// <summary>Whether any tool or edge is not covered yet.</summary>
    public bool IsOpen() => tools.Values.Contains(0) || edges.Values.Contains(0);

    /// <summary>Whether a task covers a tool or an edge that no kept task covers.</summary>
    public bool IsWanted(TaskSpec task) => task.Gold.Any(call => tools[call.Tool] == 0) || EdgesOf(task).Any(edge => edges[edge] == 0);

    /// <summary>How often walks set out for what one tool can give another: the more often it stayed open nevertheless, the less it is worth another try.</summary>
    public int TimesAimed(string producer, string consumer) => aims.GetValueOrDefault((producer, consumer));

    /// <summary>Takes note that the walk under way sets out for what one tool can give another.</summary>
    public void Aim(string producer, string consumer) => aimed.Add((producer, consumer));

    /// <summary>Starts a walk: what one before it, that has to be made again, set out for does not count.</summary>
    public void Begin() => aimed.Clear();

    /// <summary>Counts what the walk set out for.</summary>
    public void End()
    {
        foreach (var pair in aimed.Distinct())
        {
            aims[pair] = TimesAimed(pair.Producer, pair.Consumer) + 1;
        }

        aimed.Clear();
    }

    /// <summary>Counts a task that is kept.</summary>
    public void Add(TaskSpec task)
    {
        tasks.Add(task);
        foreach (var call in task.Gold)
        {
            tools[call.Tool]++;
        }

        foreach (var edge in EdgesOf(task))
        {
            edges[edge]++;
        }
    }

    /// <summary>Plan and result.</summary>
    /// <param name="canWrite">Whether the environment has a tool that tasks can write with.</param>
    public CoverageReport Report(bool canWrite)
    {
        var report = new CoverageReport
        {
            Tools = tools.Count,
            ToolsCovered = tools.Values.Count(count => count > 0),
            Edges = edges.Count,
            EdgesCovered = edges.Values.Count(count => count > 0),
            EdgesInVain = vain,
            ToolsLeft = [.. tools.Where(tool => tool.Value == 0).Select(tool => tool.Key)],
            EdgesLeft = [.. edges.Where(edge => edge.Value == 0).Select(edge => edge.Key)],
        };
        var reading = canWrite ? settings.ReadOnlyQuota : settings.PerEnvironment;
        report.Planned[TaskKinds.Reads] = reading;
        report.Planned[TaskKinds.Writes] = settings.PerEnvironment - reading;
        report.Planned[TaskKinds.Conditional] = canWrite ? settings.ConditionalQuota : 0;
        report.Planned[TaskKinds.Long] = settings.LongQuota;
        report.Planned[TaskKinds.Merge] = settings.MergeQuota;
        report.Planned[TaskKinds.Branch] = settings.BranchQuota;
        report.Planned[TaskKinds.Abstention] = settings.AbstentionQuota;
        report.Planned[TaskKinds.Correction] = settings.CorrectionQuota;
        foreach (var task in tasks)
        {
            report.ByLength[task.Gold.Count] = report.ByLength.GetValueOrDefault(task.Gold.Count) + 1;
            foreach (var kind in TaskKinds.Of(task, settings))
            {
                report.ByKind[kind] = report.ByKind.GetValueOrDefault(kind) + 1;
            }
        }

        return report;
    }

    private IEnumerable<string> EdgesOf(TaskSpec task) => task.Gold
        .SelectMany(call => call.Origins.Where(origin => origin.Step is not null).Select(origin => NameOf(task.Gold[origin.Step!.Value].Tool, call.Tool, origin.Parameter)))
        .Where(edges.ContainsKey);

    /// <summary>
    /// Whether no task can go along an edge: a write to a row that is then removed leaves no trace that could prove it, and a row that was removed is there for nothing more: no tool finds it by
    /// its key, lists what belongs to it, or makes something that refers to it.
    /// </summary>
    private bool IsVain(PackageTool producer, PackageTool consumer, DependencyEdge edge)
    {
        var isKey = edge.Parameter == consumer.Binding.KeyParameter && producer.Binding.Collection == consumer.Binding.Collection;
        if (producer.Binding.Kind != OperationKind.Delete)
        {
            return isKey && producer.Writes && consumer.Binding.Kind == OperationKind.Delete;
        }

        var removed = package.Schema.Find(producer.Binding.Collection)!;
        var isFilter = consumer.Binding.Collection == removed.Name && consumer.Binding.Kind is OperationKind.List or OperationKind.Search && consumer.Binding.Fields.GetValueOrDefault(edge.Parameter) == removed.Key;
        return isKey || (producer.Binding.FieldAt(edge.OutputField) == removed.Key && (isFilter || package.TargetOf(consumer, edge.Parameter) == removed.Name));
    }

    private static string NameOf(string producer, string consumer, string parameter) => $"{producer} -> {consumer}.{parameter}";
}
