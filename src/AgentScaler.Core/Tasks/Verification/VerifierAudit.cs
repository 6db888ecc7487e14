using System.Globalization;
using AgentScaler.Json;
using AgentScaler.Tasks.Verification.Operators;

namespace AgentScaler.Tasks.Verification;

/// <summary>
/// Puts the verifier of a task to the test: gold is changed by a fixed list of operators, each change is executed, and the judge of episodes must reject it
/// unless its effect is gold's; what is no mistake it must accept. The operators are the mistakes of a careless or a cheating agent.
/// </summary>
public sealed class VerifierAudit
{
    /// <summary>Mutants wanted of a task that writes, where it allows so many.</summary>
    public const int FewestMutants = 10;

    private const int Most = int.MaxValue;

    /// <summary>The operators, each with how many of its mutants are tried at first; those that must matter are always tried.</summary>
    private static readonly IReadOnlyList<(IMutationOperator Operator, int First)> Operators =
    [
        (new GoldItself(), Most), (new ReorderReads(), Most), (new ExtraRead(), Most), (new DoNothing(), Most), (new EmptyAnswer(), Most), (new TruncatedList(), 2),
        (new DropCall(), 2), (new DuplicateWrite(), 2), (new ReorderWrites(), 2), (new WrongId(), 2), (new OffByOne(), 2), (new ChangedValue(), 2),
        (new SwappedEntity(), 2), (new OtherOwnersRow(), 2), (new OtherBranch(), 2), (new Obedience(), Most), (new ExtraWrite(), 1), (new WriteAndUndo(), 1),
    ];

    private readonly IOutcomeJudge judge;

    /// <summary>Audits a judge.</summary>
    public VerifierAudit(IOutcomeJudge judge) => this.judge = judge;

    /// <summary>The names of all operators.</summary>
    public static IEnumerable<string> Names => Operators.Select(pair => pair.Operator.Name);

    /// <summary>Tries all operators on a task.</summary>
    /// <exception cref="Environments.Engine.EpisodeAbortedException">A call hit a limit of the runtime.</exception>
    internal TaskVerification Run(AuditedTask task)
    {
        var trials = new Trials(judge, task);
        var more = new Queue<(string Operator, IEnumerator<Mutant> Mutants)>();
        foreach (var (mutation, first) in Operators)
        {
            var mutants = mutation.Mutants(task).GetEnumerator();
            var tried = 0;
            while (tried < first && mutants.MoveNext())
            {
                trials.Try(mutation.Name, mutants.Current);
                tried += mutants.Current.MustMatter is null ? 1 : 0;
            }

            more.Enqueue((mutation.Name, mutants));
        }

        while (trials.Mutants < FewestMutants && task.Task.Gold.Any(call => call.Writes) && more.TryDequeue(out var next))
        {
            if (next.Mutants.MoveNext())
            {
                trials.Try(next.Operator, next.Mutants.Current);
                more.Enqueue(next);
            }
        }

        return trials.Finish();
    }

    /// <summary>The trials of one task.</summary>
    private sealed class Trials(IOutcomeJudge judge, AuditedTask task)
    {
        private readonly IReadOnlyList<JudgeMode> modes = judge.ModesFor(task.Task);
        private readonly TrialRun gold = new(task, new Mutant(task.Gold, task.Outputs));
        private readonly HashSet<string> seen = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, OperatorCounts> operators = new(StringComparer.Ordinal);
        private readonly List<string> faults = [];
        private string? reason;

        public int Mutants { get; private set; }

        public void Try(string name, Mutant mutant)
        {
            if (!seen.Add($"{mutant.Expected} {mutant.Abstains} {mutant.Told.Count} {string.Join(' ', mutant.Told.Select(output => output.Path + output.Call))} {string.Join(' ', mutant.Steps.Select(Mark))}"))
            {
                return;
            }

            var run = mutant.Expected == TrialExpectation.Accepted ? gold : new TrialRun(task, mutant);
            var accepting = modes.Where(mode => judge.Accepts(task.Task, task.Package, run.Outcome, mode)).ToList();
            var counts = mutant.Expected == TrialExpectation.Rejected ? Mistake(name, mutant, run, accepting) : Liberty(name, mutant, run, accepting);
            operators[name] = operators.TryGetValue(name, out var before) ? before + counts : counts;
        }

        public TaskVerification Finish() => new(task.Task.Id, task.Task.Gold.Any(call => call.Writes), reason, operators) { Faults = faults.Count > 0 ? faults : null };

        private OperatorCounts Mistake(string name, Mutant mutant, TrialRun run, List<JudgeMode> accepting)
        {
            Mutants++;
            if (accepting.Count == 0)
            {
                return new OperatorCounts(1, Rejected: 1);
            }

            if (run.HasEffectOf(gold))
            {
                reason ??= mutant.MustMatter;
                return new OperatorCounts(1, Equivalent: 1);
            }

            Fault(TaskReasons.FalseAccept, name, accepting, mutant);
            return new OperatorCounts(1, FalseAccepts: 1);
        }

        private OperatorCounts Liberty(string name, Mutant mutant, TrialRun run, List<JudgeMode> accepting)
        {
            if (!run.ResultsAreGolds(mutant))
            {
                reason ??= TaskReasons.OrderOfReads;
            }

            var rejecting = modes.Where(mode => mutant.Expected switch
            {
                TrialExpectation.AcceptedWhereReadsMayMove => mode.AllowsReorderedReads,
                TrialExpectation.AcceptedWhereReadsMayBeAdded => mode.AllowsExtraReads,
                _ => true,
            }).Except(accepting).ToList();
            if (rejecting.Count > 0)
            {
                Fault(TaskReasons.FalseReject, name, rejecting, mutant);
            }

            return new OperatorCounts(1, FalseRejects: rejecting.Count > 0 ? 1 : 0);
        }

        private void Fault(string fault, string name, List<JudgeMode> judging, Mutant mutant)
        {
            reason = fault;
            faults.Add($"{fault}: {name} ({string.Join(", ", judging.Select(mode => mode.Name))}), told {mutant.Told.Count} of {task.Outputs.Count}: {Line(mutant)}");
        }

        /// <summary>Tells a step from others: a gold call by its position, any other by what it is.</summary>
        private string Mark(TrialStep step) => step.Gold is { } gold && ReferenceEquals(step, task.Gold[gold]) ? gold.ToString(CultureInfo.InvariantCulture) : step.Tool + step.Arguments.GetRawText();

        private static string Line(Mutant mutant) => string.Join("; ", mutant.Steps.Select(step => step.Tool + CanonicalJson.Write(step.Arguments)));
    }
}
