using AgentScaler.Core.Tests.Environments;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Funnel;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Verification;
using AgentScaler.Tasks.Verification.Operators;

namespace AgentScaler.Core.Tests.Tasks.Verification;

/// <summary>The verifier is put to the test: the funnel passes, and judges that are broken in one way each are found out.</summary>
public sealed class VerifierAuditTests : LibraryTaskTests
{
    [Fact]
    public void Run_TheFunnelOnSoundTasks_JudgesNothingWrongly()
    {
        var runs = Tasks.Select(task => Run(task, new OutcomeJudge())).ToList();

        Assert.All(runs, run => Assert.Null(run.Reason));
        Assert.All(runs, run => Assert.Null(run.Faults));
        var total = VerificationReport.Of(runs).Total;
        Assert.Equal((0, 0), (total.FalseAccepts, total.FalseRejects));

        // None of these tasks has a choice or a request that must not be served, and the row of somebody else is the wrong id that was tried already.
        Assert.Equal(["other-owners-row", "other-branch", "obedience"], VerifierAudit.Names.Except(runs.SelectMany(run => run.Operators.Keys)));
    }

    [Fact]
    public void Run_TaskThatWrites_IsTriedOnTenMutantsOrMore() =>
        Assert.All(Tasks.Select(task => Run(task, new OutcomeJudge())).Where(run => run.Writes), run => Assert.InRange(run.Mutants, VerifierAudit.FewestMutants, 60));

    [Fact]
    public void Run_JudgeThatAcceptsAll_IsFoundOutByEveryMistakeThatMatters()
    {
        var run = Run(Writing, new BrokenJudge((_, _) => true));

        Assert.Equal(TaskReasons.FalseAccept, run.Reason);
        Assert.All(["do-nothing", "drop-call", "wrong-id", "off-by-one", "changed-value", "swapped-entity", "extra-write"], name => Assert.InRange(run.Operators[name].FalseAccepts, 1, 9));
        Assert.Equal(0, run.Operators["reorder-writes"].FalseAccepts);
        Assert.Equal(1, run.Operators["reorder-writes"].Equivalent);
        Assert.Contains("do-nothing", string.Join('\n', run.Faults!), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_JudgeThatRejectsAll_IsFoundOutByWhatIsNoMistake()
    {
        var run = Run(Reading, new BrokenJudge((_, _) => false));

        Assert.Equal(TaskReasons.FalseReject, run.Reason);
        Assert.All(["gold", "reorder-reads", "extra-read"], name => Assert.Equal(run.Operators[name].Tried, run.Operators[name].FalseRejects));
    }

    [Fact]
    public void Run_JudgeThatDoesNotListen_AcceptsEmptyAndTruncatedAnswers()
    {
        var run = Run(Reading, new BrokenJudge((task, outcome) => new OutcomeJudge().Accepts(task, Library.Package, outcome with { Said = Everything(task) }, new OutcomeJudge().ModesFor(task)[0])));

        Assert.Equal((1, 1), (run.Operators["empty-answer"].FalseAccepts, run.Operators["truncated-list"].FalseAccepts));
        Assert.Equal(0, run.Operators["wrong-id"].FalseAccepts);
    }

    [Fact]
    public void Run_JudgeThatLooksAtTheEndAlone_AcceptsAWriteThatIsUndone()
    {
        var run = Run(Reading, new BrokenJudge((task, outcome) => outcome.FinalHash == task.GoldHash));

        Assert.Equal(1, run.Operators["write-and-undo"].FalseAccepts);
        Assert.Equal(0, run.Operators["extra-write"].FalseAccepts);
    }

    [Fact]
    public void Run_TwoRequestsWithTheSameAnswer_LeaveBecauseOneCouldGoUnanswered()
    {
        var asked = Reading.Requests[0];
        var task = Writing with
        {
            Gold = [.. Reading.Gold.Take(2), .. Reading.Gold.Take(2), Short.Gold[0]],
            GoldHash = Short.GoldHash,
            Requests = [asked, asked with { FirstCall = 2, RequiredOutputs = [.. asked.RequiredOutputs.Select(output => output with { Call = output.Call + 2 })] }, new UserRequest("Mark book-104 as lost.", 4, 1, [])],
        };

        Assert.Equal(TaskReasons.FalseAccept, Run(task, new OutcomeJudge()).Reason);
    }

    [Fact]
    public void Run_FactThatIsAPieceOfAnother_LeavesBecauseItCouldGoUnsaid()
    {
        var listing = LibraryEnvironment.ListingTask(Engine, Library);
        var request = listing.Requests[0];
        var task = listing with { Requests = [request with { RequiredOutputs = [new("Emma", 0, "items.1.title"), new("Jane Austen", 0, "items.1.author"), new("Austen", 0, "items.2.author")] }] };

        Assert.Equal(TaskReasons.FalseAccept, Run(task, new PiecesJudge()).Reason);
        Assert.Null(Run(listing, new OutcomeJudge()).Reason);
    }

    [Fact]
    public void Run_EveryMutant_EndsAsWhenAllItsCallsAreMadeFromTheStart()
    {
        foreach (var spec in Tasks)
        {
            var task = Audited(spec);
            IMutationOperator[] operators = [new DropCall(), new DuplicateWrite(), new ReorderWrites(), new ReorderReads(), new WrongId(), new ExtraWrite(), new WriteAndUndo(), new ChangedValue(), new OffByOne()];
            foreach (var mutant in operators.SelectMany(operation => operation.Mutants(task)))
            {
                var session = Open(spec);
                var results = mutant.Steps.Select(step => session.Call(step.Tool, step.Arguments)).ToList();
                var run = new TrialRun(task, mutant);

                Assert.Equal(session.StateHash, run.Outcome.FinalHash);
                Assert.Equal(results, run.Outcome.Calls.Select(call => call.Result));
            }
        }
    }

    [Fact]
    public void Mutants_ExtraWriteAndItsUndoing_ChangeAndRestoreTheRows()
    {
        var task = Audited(Reading);
        var extra = Assert.IsType<Mutant>(new ExtraWrite().Mutants(task).First());
        var undone = Assert.IsType<Mutant>(new WriteAndUndo().Mutants(task).First());

        Assert.NotEqual(Reading.GoldHash, new TrialRun(task, extra).Outcome.FinalHash);
        Assert.Equal(Reading.GoldHash, new TrialRun(task, undone).Outcome.FinalHash);
        Assert.NotEqual(Reading.GoldHash, new TrialRun(task, undone).Outcome.Calls[^2].StateHash);
    }

    [Fact]
    public void Run_OtherWish_IsRejectedWhereItEndsDifferentlyAndTheTaskLeavesWhereItDoesNot()
    {
        var lost = Short.Gold[0] with { Arguments = LibraryEnvironment.Json("""{"book_id":"book-101"}""") };
        var same = Writing.Gold[1] with { Arguments = LibraryEnvironment.Json("""{"book_id":"book-101","pages":620,"title":"Dune"}""") };

        var run = Run(LibraryEnvironment.Choosing(Writing, new RequestCondition(0, "items.0.status", "available", true, lost)), new OutcomeJudge());
        var idle = Run(LibraryEnvironment.Choosing(Writing, new RequestCondition(0, "items.0.status", "available", true, same)), new OutcomeJudge());

        Assert.Null(run.Reason);
        Assert.Equal(new OperatorCounts(2, Rejected: 2), run.Operators["other-branch"]);
        Assert.Equal(TaskReasons.IdleCondition, idle.Reason);
    }

    [Fact]
    public void Mutants_RowOfSomebodyElse_BelongsToAnother()
    {
        var mutants = new OtherOwnersRow().Mutants(Audited(LibraryEnvironment.ClearingTask(Engine, Library))).ToList();

        Assert.Equal("loan-902", Assert.Single(mutants).Steps[2].Arguments.GetProperty("loan_id").GetString());
    }

    [Fact]
    public void Mutants_SwappedEntity_StandsInEveryCallThatNamesTheRow()
    {
        var mutant = new SwappedEntity().Mutants(Audited(Writing)).First();

        Assert.Equal(2, mutant.Steps.Count(step => step.Arguments.TryGetProperty("book_id", out var id) && id.GetString() == "book-105"));
    }

    [Fact]
    public void Mutants_AmountsThatMustMatter_ComeBeforeThoseThatNeedNot()
    {
        var move = LibraryEnvironment.Tool("move_book", true, """{"type":"object","properties":{"book_id":{"type":"string"},"x":{"type":"integer"},"y":{"type":"integer"}},"required":["book_id","x","y"]}""",
            "function move_book(db, args, env) { return db.books.update(args.book_id, { place: args.x + '/' + args.y }); }", new ToolBinding { Kind = OperationKind.Other, Collection = "books" });
        var library = LoadedEnvironment.Load(LibraryEnvironment.Package(move));
        var task = Writing with { Gold = [new GoldCall("move_book", LibraryEnvironment.Json("""{"book_id":"book-104","x":3,"y":4}"""), [], true, ""), .. Writing.Gold] };

        var mutants = new OffByOne().Mutants(new AuditedTask(task, library.Package, () => Engine.Open(library, new Seed(task.Seed)), snapshot => Engine.Resume(library, snapshot))).ToList();

        Assert.Equal([TaskReasons.ArgumentPasses, null, null], mutants.Select(mutant => mutant.MustMatter));
    }

    private TaskVerification Run(TaskSpec task, IOutcomeJudge judge) => new VerifierAudit(judge).Run(Audited(task));

    private AuditedTask Audited(TaskSpec task) => new(task, Library.Package, () => Open(task), snapshot => Engine.Resume(Library, snapshot));

    private EnvironmentSession Open(TaskSpec task) => Engine.Open(Library, new Seed(task.Seed), task.InitialChanges);

    private static string Everything(TaskSpec task) => string.Join('\n', task.Requests.SelectMany(request => request.RequiredOutputs).Select(output => output.Text));

    /// <summary>Judges in one mode, which is broken.</summary>
    private sealed class BrokenJudge(Func<TaskSpec, TrialOutcome, bool> accepts) : IOutcomeJudge
    {
        public IReadOnlyList<JudgeMode> ModesFor(TaskSpec task) => [new("broken", true, true)];

        public bool Accepts(TaskSpec task, EnvironmentPackage package, TrialOutcome outcome, JudgeMode mode) => accepts(task, outcome);
    }

    /// <summary>Takes a fact for said when it is a piece of what was said.</summary>
    private sealed class PiecesJudge : IOutcomeJudge
    {
        public IReadOnlyList<JudgeMode> ModesFor(TaskSpec task) => [new("pieces", true, true)];

        public bool Accepts(TaskSpec task, EnvironmentPackage package, TrialOutcome outcome, JudgeMode mode) => outcome.FinalHash == task.GoldHash
            && task.Requests.SelectMany(request => request.RequiredOutputs).All(output => outcome.Said.Contains(output.Text, StringComparison.OrdinalIgnoreCase));
    }
}
