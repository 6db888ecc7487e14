using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Json;
using AgentScaler.Models;
using AgentScaler.Tasks.Abstention;
using AgentScaler.Tasks.Coverage;
using AgentScaler.Tasks.Modelled;
using AgentScaler.Tasks.Verification;
using AgentScaler.Tasks.Wording;

namespace AgentScaler.Tasks;

/// <summary>Stage 4 as a function: an environment in, audited tasks out.</summary>
/// <param name="judge">Decides on episodes later; each task is tried against it before use.</param>
public sealed class TaskBuilder(TaskSettings settings, EnvironmentEngine engine, IOutcomeJudge judge)
{
    /// <summary>Walks tried for each task wanted.</summary>
    private const int AttemptsPerTask = 6;

    /// <summary>Walks tried for the first task: an environment that gives none of them gives none at all.</summary>
    private const int AttemptsForTheFirst = 40;

    /// <summary>Walks in a row that cover nothing new before the environment is taken not to give more.</summary>
    private const int MostMisses = 24;

    /// <summary>Constructs the tasks of an environment.</summary>
    /// <param name="dependencies">The domain's dependency graph; edges of tools that the package lacks are ignored.</param>
    public TaskBuild Build(EnvironmentPackage package, IReadOnlyList<DependencyEdge> dependencies, Seed seed)
    {
        var environment = LoadedEnvironment.Load(package);
        var audit = new TaskAudit(engine, environment, judge);
        var tasks = new List<TaskSpec>();
        var dropped = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var coverage = new CoveragePlan(package, dependencies, settings);
        var sequences = new Dictionary<string, int>(StringComparer.Ordinal);
        var skeletons = new Dictionary<string, int>(StringComparer.Ordinal);
        var quotas = new TaskQuotas(settings, package, Useful(package));
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var intents = new List<IntentOutcome>();
        var verified = new List<TaskVerification>();
        foreach (var (index, intent) in package.Intents.Index())
        {
            var (task, outcome, verification) = Given(environment, dependencies, audit, intent, index, seed.Child("intent").Child(index));
            outcome = outcome.Reason is null && !ids.Add(task!.Id) ? outcome with { Task = null, Reason = "diversity.duplicate", Detail = "an intent before it makes the same task" } : outcome;
            intents.Add(outcome);
            if (outcome.Reason is { } fault)
            {
                Drop(fault, verification);
                continue;
            }

            Keep(task!, verification!);
        }

        var proposed = 0;
        while (tasks.Count < settings.PerEnvironment && proposed < (tasks.Count == 0 ? AttemptsForTheFirst : AttemptsPerTask * settings.PerEnvironment))
        {
            var attempt = seed.Child(proposed);
            var aim = quotas.Next(tasks.Count, attempt);
            var isKept = Try(attempt, aim, task => quotas.MakesWay(aim, task, tasks.Count) ? "quota.other-shape" : null);
            quotas.Tried(aim, isKept ? tasks[^1] : null);
        }

        // What is left of tools and edges gets tasks of its own, as long as walks still find something.
        for (var misses = 0; tasks.Count > 0 && tasks.Count < settings.MostPerEnvironment && misses < MostMisses && coverage.IsOpen();)
        {
            misses = Try(seed.Child(proposed), new TaskAim(), task => coverage.IsWanted(task) ? null : "quota.covered") ? 0 : misses + 1;
        }

        return new TaskBuild(tasks, new TaskReport(proposed + intents.Count, tasks.Count, dropped, coverage.Report(Useful(package).Any(tool => tool.Writes)))
        {
            Intents = intents,
            Verification = VerificationReport.Of(verified),
            Verified = verified,
        });

        bool Try(Seed attempt, TaskAim aim, Func<TaskSpec, string?> makesWay)
        {
            proposed++;
            var (task, reason, verification) = Fresh(() =>
            {
                coverage.Begin();
                var (task, reason) = Propose(environment, dependencies, coverage, attempt, aim);
                reason ??= sequences.GetValueOrDefault(SequenceOf(task!)) >= Math.Max(2, settings.PerEnvironment / 6) ? "diversity.same-sequence" : null;
                reason ??= skeletons.GetValueOrDefault(IntentSkeleton.Of(task!)) >= settings.MaximumSameIntent ? "diversity.same-intent" : null;
                reason ??= ids.Contains(task!.Id) ? "diversity.duplicate" : null;
                reason ??= makesWay(task!);
                var (fault, verification) = reason is null ? audit.Check(task!) : (reason, null);
                return (task, fault, verification);
            });
            coverage.End();
            if (reason is not null)
            {
                Drop(reason, verification);
                return false;
            }

            ids.Add(task!.Id);
            Keep(task, verification!);
            return true;
        }

        void Drop(string reason, TaskVerification? verification)
        {
            dropped[reason] = dropped.GetValueOrDefault(reason) + 1;
            verified.AddRange(verification is { Faults: not null } ? [verification] : []);
        }

        void Keep(TaskSpec task, TaskVerification verification)
        {
            tasks.Add(task);
            verified.Add(verification);
            var sequence = SequenceOf(task);
            sequences[sequence] = sequences.GetValueOrDefault(sequence) + 1;
            var skeleton = IntentSkeleton.Of(task);
            skeletons[skeleton] = skeletons.GetValueOrDefault(skeleton) + 1;
            coverage.Add(task);
            quotas.Add(task);
        }
    }

    /// <summary>The same, worded by a model where its words will do.</summary>
    /// <param name="model">The model, or null for none: then the result is that of <see cref="Build"/>.</param>
    /// <exception cref="ModelException">The endpoint gives no replies.</exception>
    /// <exception cref="BudgetSpentException">The campaign may spend no more.</exception>
    public async Task<TaskBuild> BuildAsync(EnvironmentPackage package, IReadOnlyList<DependencyEdge> dependencies, Seed seed, RoleModel? model, CancellationToken cancellationToken)
    {
        var build = Build(package, dependencies, seed);
        return model is null ? build : await new TaskRewriter(settings, engine, judge).RewriteAsync(build, package, seed.Child("words"), model, cancellationToken);
    }

    private static string SequenceOf(TaskSpec task) => string.Join(' ', task.Gold.Select(call => call.Tool));

    /// <summary>The audited task of an intent that a person gave; whatever is wrong with it is said with its place.</summary>
    private (TaskSpec? Task, IntentOutcome Outcome, TaskVerification? Verification) Given(LoadedEnvironment environment, IReadOnlyList<DependencyEdge> dependencies, TaskAudit audit, GivenIntent intent, int index, Seed seed)
    {
        try
        {
            return FreshAttempts.Run(() =>
            {
                var (task, outcome) = new IntentTasks(engine, environment, dependencies).Make(intent, index, seed);
                var (reason, verification) = task is null ? (null, null) : audit.Check(task);
                return reason is null ? (task, outcome, verification)
                    : ((TaskSpec?)null, outcome with { Task = null, Reason = reason, Detail = TaskReasons.Explain(reason) }, verification);
            });
        }
        catch (EpisodeAbortedException e)
        {
            return (null, new IntentOutcome($"{PackageFiles.Intents}, $[{index}]", null, "engine.limit", e.Message), null);
        }
    }

    /// <summary>A proposal; one whose calls hit a limit of the runtime again and again is dropped.</summary>
    private static (TaskSpec? Task, string? Reason, TaskVerification? Verification) Fresh(Func<(TaskSpec? Task, string? Reason, TaskVerification? Verification)> propose)
    {
        try
        {
            return FreshAttempts.Run(propose);
        }
        catch (EpisodeAbortedException)
        {
            return (null, "engine.limit", null);
        }
    }

    /// <summary>The tools that tasks can be made of: what only a program understands no user can ask for in words of ours.</summary>
    private static List<PackageTool> Useful(EnvironmentPackage package) =>
        [.. package.Tools.Where(tool => tool.Binding.Kind != OperationKind.Other && (tool.Writes || tool.Binding.ResultFields.Count > 0))];

    /// <summary>
    /// Where chains start, most wanted first: at tools that no task calls yet, then where an edge begins that no task covers yet, those first that walks set out for least, then at those
    /// used least. In a task that must write the first chain leads to a write, and so does the second.
    /// </summary>
    private static List<PackageTool> Starts(IReadOnlyList<PackageTool> allowed, CoveragePlan coverage, bool readOnly, SeededRandom random)
    {
        var wanted = random.Shuffle(allowed).OrderBy(tool => coverage.TimesCalled(tool.Name) > 0).ThenBy(TimesAimed).ThenBy(tool => coverage.TimesCalled(tool.Name)).ToList();
        if (readOnly)
        {
            return wanted;
        }

        var first = wanted.First(tool => tool.Writes || allowed.Any(next => next.Writes && coverage.IsOpen(tool.Name, next.Name)));
        var second = wanted.FirstOrDefault(tool => tool.Writes && tool != first);
        return [first, .. second is null ? [] : new[] { second }, .. wanted.Where(tool => tool != first && tool != second)];

        int TimesAimed(PackageTool tool) => allowed.Where(next => next != tool && coverage.IsOpen(tool.Name, next.Name)).Select(next => coverage.TimesAimed(tool.Name, next.Name)).DefaultIfEmpty(int.MaxValue).Min();
    }

    private (TaskSpec? Task, string? Reason) Propose(LoadedEnvironment environment, IReadOnlyList<DependencyEdge> dependencies, CoveragePlan coverage, Seed seed, TaskAim aim)
    {
        var package = environment.Package;
        var random = seed.Child("plan").Random();

        var useful = Useful(package);
        if (useful.Count == 0)
        {
            return (null, "plan.nothing-to-do");
        }

        var needed = aim.Abstaining?.Needs(useful);
        var readOnly = useful.All(tool => !tool.Writes) || (needed is null && (aim.Reading ?? random.Chance(settings.ReadOnlyShare)) && useful.Any(tool => !tool.Writes));
        var allowed = useful.Where(tool => !readOnly || !tool.Writes).ToList();

        var starts = Starts(allowed, coverage, readOnly, random);
        if (aim.Merging)
        {
            starts = [.. starts.OrderBy(tool => tool.Required.Count(parameter => package.TargetOf(tool, parameter) is not null) < 2)];
        }

        if (needed is not null)
        {
            starts = [.. starts.OrderBy(tool => !needed.Contains(tool))];
        }

        var taskSeed = seed.Child("session");
        var isLong = settings.LongestCalls > settings.MaximumCalls && (aim.Long ?? random.Chance(settings.LongShare));
        var most = isLong ? settings.LongestCalls : settings.MaximumCalls;
        var wanted = random.Between(isLong ? settings.MaximumCalls + 1 : settings.MinimumCalls, most);
        var requests = new TaskWalk(package, dependencies, () => engine.Open(environment, taskSeed), snapshot => engine.Resume(environment, snapshot), seed.Child("walk"), coverage, most).Walk(starts, allowed, wanted, aim.Choosing);

        // Rows to be mistaken for those that the walk is about; the walk is made again among them.
        var initial = Distractors.Draw(package, engine.Open(environment, taskSeed), Distractors.TargetsOf(requests), seed.Child("distractors"));
        if (initial.Count > 0 && requests.All(request => request.Planned.Condition is null) && new WalkReplay(package, engine.Open(environment, taskSeed, initial), seed.Child("walk").Child("intent")).Make(requests) is { } among)
        {
            requests = among;
        }
        else
        {
            initial = [];
        }

        var walk = requests.Select(request => request.Planned).ToList();
        AbstainingPlan? plan = null;
        if (aim.Abstaining is not null && (plan = aim.Abstaining.Make(package, walk, () => engine.Open(environment, taskSeed, initial), seed.Child("abstaining"))) is null)
        {
            return (null, "abstention.not-possible");
        }

        var manner = MannerDraw.Of(settings, seed.Child("manner"));
        if (new TaskWording(package, aim.Correcting ?? seed.Child("corrects").Random().Chance(settings.CorrectionShare), manner, seed.Child("walk").Child("intent")).Word(walk, plan, engine.Open(environment, taskSeed, initial)) is not var (spoken, calls))
        {
            return (null, "walk.nothing-to-ask");
        }

        if (calls.Count < settings.MinimumCalls && plan is null)
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
            Requests = spoken,
            Gold = [.. calls.Select(call => new GoldCall(call.Tool.Name, call.ToJson(), call.Origins, call.Writes, call.Result))],
            InitialHash = initialHash,
            GoldHash = session.StateHash,
            Manner = manner,
        };
        return (task with { Id = ContentId.Of("task", CanonicalJson.Serialize(task)) }, null);
    }
}
