using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Json;

namespace AgentScaler.Tasks;

/// <summary>Stage 4 as a function: an environment in, audited tasks out.</summary>
public sealed class TaskBuilder(TaskSettings settings, EnvironmentEngine engine)
{
    /// <summary>Walks tried for each task wanted.</summary>
    private const int AttemptsPerTask = 6;

    /// <summary>Constructs the tasks of an environment.</summary>
    /// <param name="dependencies">The domain's dependency graph; edges of tools that the package lacks are ignored.</param>
    public TaskBuild Build(EnvironmentPackage package, IReadOnlyList<DependencyEdge> dependencies, Seed seed)
    {
        var environment = LoadedEnvironment.Load(package);
        var audit = new TaskAudit(engine, environment);
        var tasks = new List<TaskSpec>();
        var dropped = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var used = package.Tools.ToDictionary(tool => tool.Name, _ => 0, StringComparer.Ordinal);
        var sequences = new Dictionary<string, int>(StringComparer.Ordinal);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var intents = new List<IntentOutcome>();
        foreach (var (index, intent) in package.Intents.Index())
        {
            var (task, outcome) = Given(environment, audit, intent, index, seed.Child("intent").Child(index));
            outcome = outcome.Reason is null && !ids.Add(task!.Id) ? outcome with { Task = null, Reason = "diversity.duplicate", Detail = "an intent before it makes the same task" } : outcome;
            intents.Add(outcome);
            if (outcome.Reason is { } fault)
            {
                dropped[fault] = dropped.GetValueOrDefault(fault) + 1;
                continue;
            }

            Keep(task!);
        }

        var proposed = 0;
        while (tasks.Count < settings.PerEnvironment && proposed < AttemptsPerTask * settings.PerEnvironment)
        {
            var (task, reason) = ProposeChecked(environment, audit, dependencies, used, seed.Child(proposed++));
            var sequence = task is null ? "" : SequenceOf(task);
            reason ??= sequences.GetValueOrDefault(sequence) >= Math.Max(2, settings.PerEnvironment / 6) ? "diversity.same-sequence" : null;
            reason ??= ids.Add(task!.Id) ? null : "diversity.duplicate";
            if (reason is not null)
            {
                dropped[reason] = dropped.GetValueOrDefault(reason) + 1;
                continue;
            }

            Keep(task!);
        }

        return new TaskBuild(tasks, new TaskReport(proposed + intents.Count, tasks.Count, dropped, used.Values.Count(count => count > 0), package.Tools.Count) { Intents = intents });

        void Keep(TaskSpec task)
        {
            tasks.Add(task);
            var sequence = SequenceOf(task);
            sequences[sequence] = sequences.GetValueOrDefault(sequence) + 1;
            foreach (var call in task.Gold)
            {
                used[call.Tool]++;
            }
        }
    }

    private static string SequenceOf(TaskSpec task) => string.Join(' ', task.Gold.Select(call => call.Tool));

    /// <summary>The audited task of an intent that a person gave; whatever is wrong with it is said with its place.</summary>
    private (TaskSpec? Task, IntentOutcome Outcome) Given(LoadedEnvironment environment, TaskAudit audit, GivenIntent intent, int index, Seed seed)
    {
        try
        {
            return FreshAttempts.Run(() =>
            {
                var (task, outcome) = new IntentTasks(engine, environment).Make(intent, index, seed);
                return task is not null && audit.Check(task) is { } reason ? ((TaskSpec?)null, outcome with { Task = null, Reason = reason, Detail = TaskAudit.Explain(reason) }) : (task, outcome);
            });
        }
        catch (EpisodeAbortedException e)
        {
            return (null, new IntentOutcome($"{PackageFiles.Intents}, $[{index}]", null, "engine.limit", e.Message));
        }
    }

    /// <summary>Proposes a task and audits it; one whose calls hit a limit of the runtime again and again is dropped.</summary>
    private (TaskSpec? Task, string? Reason) ProposeChecked(
        LoadedEnvironment environment, TaskAudit audit, IReadOnlyList<DependencyEdge> dependencies, Dictionary<string, int> used, Seed seed)
    {
        try
        {
            return FreshAttempts.Run(() =>
            {
                var (task, reason) = Propose(environment, dependencies, used, seed);
                return (task, reason ?? audit.Check(task!));
            });
        }
        catch (EpisodeAbortedException)
        {
            return (null, "engine.limit");
        }
    }

    private (TaskSpec? Task, string? Reason) Propose(
        LoadedEnvironment environment, IReadOnlyList<DependencyEdge> dependencies, Dictionary<string, int> used, Seed seed)
    {
        var package = environment.Package;
        var random = seed.Child("plan").Random();

        // What only a program understands no user can ask for in words of ours.
        var useful = package.Tools.Where(tool => tool.Binding.Kind != OperationKind.Other && (tool.Writes || tool.Binding.ResultFields.Count > 0)).ToList();
        if (useful.Count == 0)
        {
            return (null, "plan.nothing-to-do");
        }

        var readOnly = useful.All(tool => !tool.Writes) || (random.Chance(settings.ReadOnlyShare) && useful.Any(tool => !tool.Writes));
        var allowed = useful.Where(tool => !readOnly || !tool.Writes).ToList();

        // Chains start at the tools used least so far; a task that must write starts at a write.
        var starts = random.Shuffle(allowed).OrderBy(tool => (!readOnly && !tool.Writes ? 1000 : 0) + used[tool.Name]).ToList();
        var taskSeed = seed.Child("session");
        var wanted = random.Between(settings.MinimumCalls, settings.MaximumCalls);
        var requests = new TaskWalk(package, dependencies, () => engine.Open(environment, taskSeed), seed.Child("walk"), settings.MaximumCalls).Walk(starts, allowed, wanted);

        // Rows to be mistaken for those that the walk is about; the walk is made again among them.
        var initial = Distractors.Draw(package, engine.Open(environment, taskSeed), Distractors.TargetsOf(requests), seed.Child("distractors"));
        if (initial.Count > 0 && new WalkReplay(package, engine.Open(environment, taskSeed, initial), seed.Child("walk").Child("intent")).Make(requests) is { } among)
        {
            requests = among;
        }
        else
        {
            initial = [];
        }

        var calls = requests.SelectMany(request => request.Planned.Calls).ToList();
        if (calls.Count < settings.MinimumCalls)
        {
            return (null, "walk.too-short");
        }

        var session = engine.Open(environment, taskSeed, initial);
        var initialHash = session.StateHash;
        foreach (var call in calls)
        {
            session.Call(call.Tool.Name, call.ToJson());
        }

        var task = new TaskSpec
        {
            Id = "",
            Environment = package.Id,
            Seed = taskSeed.Path,
            InitialChanges = initial,
            Requests = [.. requests.Select(request => request.Spoken)],
            Gold = [.. calls.Select(call => new GoldCall(call.Tool.Name, call.ToJson(), call.Origins, call.Writes, call.Result))],
            InitialHash = initialHash,
            GoldHash = session.StateHash,
        };
        return (task with { Id = ContentId.Of("task", CanonicalJson.Serialize(task)) }, null);
    }
}
