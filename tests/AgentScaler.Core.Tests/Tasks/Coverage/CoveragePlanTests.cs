using AgentScaler.Core.Tests.Environments;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Coverage;

namespace AgentScaler.Core.Tests.Tasks.Coverage;

public sealed class CoveragePlanTests : LibraryTaskTests
{
    [Fact]
    public void Report_WithoutTasks_LeavesAllThatTheGraphHas()
    {
        var report = Plan().Report(canWrite: true);

        Assert.Equal((7, 0, 3, 0), (report.Tools, report.ToolsCovered, report.Edges, report.EdgesCovered));
        Assert.Equal(["list_books -> get_book.book_id", "search_books -> get_book.book_id", "search_books -> update_book.book_id"], report.EdgesLeft);
        Assert.Empty(report.ByKind);
    }

    [Fact]
    public void Add_Task_CoversTheToolsItCallsAndTheEdgesItHandsValuesAlong()
    {
        var plan = Plan();
        Assert.True(plan.IsOpen("search_books", "update_book"));

        plan.Add(Writing);

        Assert.False(plan.IsOpen("search_books", "update_book"));
        Assert.True(plan.IsOpen("search_books", "get_book"));
        Assert.Equal((1, 0), (plan.TimesCalled("search_books"), plan.TimesCalled("get_book")));
        var report = plan.Report(canWrite: true);
        Assert.Equal((3, 1), (report.ToolsCovered, report.EdgesCovered));
        Assert.DoesNotContain("update_book", report.ToolsLeft!);
    }

    [Fact]
    public void IsOpen_OneOfTwoParametersGiven_OnlyTheOtherIsLeft()
    {
        var plan = new CoveragePlan(Library.Package, [Edge("search_books", "items[].book_id", "update_book"), Edge("search_books", "items[].pages", "update_book") with { Parameter = "pages" }], new TaskSettings());

        plan.Add(Writing);

        Assert.True(plan.IsOpen("search_books", "update_book"));
        Assert.False(plan.IsOpen("search_books", "update_book", "book_id"));
        Assert.True(plan.IsOpen("search_books", "update_book", "pages"));
    }

    [Fact]
    public void IsWanted_TaskThatCoversNothingNew_IsNot()
    {
        var plan = Plan();
        Assert.True(plan.IsWanted(Writing));

        plan.Add(Writing);

        Assert.False(plan.IsWanted(Writing));
        Assert.True(plan.IsWanted(Reading));
        Assert.True(plan.IsOpen());
    }

    [Fact]
    public void End_WalkMadeAgain_CountsWhatItSetOutForOnce()
    {
        var plan = Plan();
        plan.Begin();
        plan.Aim("search_books", "get_book");
        plan.Begin();
        plan.Aim("list_books", "get_book");
        plan.Aim("list_books", "get_book");
        plan.End();

        Assert.Equal((0, 1), (plan.TimesAimed("search_books", "get_book"), plan.TimesAimed("list_books", "get_book")));
    }

    [Fact]
    public void Report_EdgesFromWhatWasRemoved_AreInVainWhereverTheRowWouldHaveToBeThere()
    {
        var remove = LibraryEnvironment.Tool("remove_book", true, """{"type":"object","properties":{"book_id":{"type":"string"}},"required":["book_id"]}""", "function remove_book(db, args, env) { return db.books.get(args.book_id); }", new ToolBinding
        {
            Kind = OperationKind.Delete, Collection = "books", KeyParameter = "book_id", ResultPath = "", ResultFields = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["book_id"] = "book_id", ["author"] = "author" },
        });
        var plan = new CoveragePlan(
            LibraryEnvironment.Package(remove),
            [Edge("remove_book", "book_id", "get_book"), Edge("remove_book", "book_id", "create_loan"), Edge("remove_book", "author", "list_books") with { Parameter = "author" }, Edge("update_book", "book_id", "remove_book"), Edge("get_book", "book_id", "remove_book")],
            new TaskSettings());

        var report = plan.Report(canWrite: true);
        Assert.Equal(3, report.EdgesInVain);
        Assert.Equal(["get_book -> remove_book.book_id", "remove_book -> list_books.author"], report.EdgesLeft);
    }

    [Fact]
    public void Report_Tasks_AreCountedByLengthAndKind()
    {
        var plan = Plan();
        foreach (var task in Tasks)
        {
            plan.Add(task);
        }

        var report = plan.Report(canWrite: true);
        Assert.Equal([KeyValuePair.Create(1, 1), KeyValuePair.Create(3, 2), KeyValuePair.Create(4, 1)], report.ByLength);
        Assert.Equal((1, 3), (report.ByKind[TaskKinds.Reads], report.ByKind[TaskKinds.Writes]));
        Assert.Equal((2, 3), (report.ByKind[TaskKinds.Branch], report.ByKind[TaskKinds.SeveralRequests]));
        Assert.Equal(1, report.ByKind[TaskKinds.Long]);
    }

    [Theory]
    [InlineData(true, 6, 14)]
    [InlineData(false, 20, 0)]
    public void Report_Plan_FollowsTheQuotasWhereTheEnvironmentCanWrite(bool canWrite, int reads, int writes)
    {
        var report = Plan().Report(canWrite);

        Assert.Equal((reads, writes, 5), (report.Planned[TaskKinds.Reads], report.Planned[TaskKinds.Writes], report.Planned[TaskKinds.Long]));
    }

    [Fact]
    public void Of_CallThatTakesValuesOfTwoOthers_IsAMerge()
    {
        var task = Writing;
        var merging = task with { Gold = [.. task.Gold.Take(2), task.Gold[2] with { Origins = [new("book_id", OriginKind.Output, 0, "items.0.book_id"), new("member", OriginKind.Output, 1, "author")] }] };

        Assert.DoesNotContain(TaskKinds.Merge, TaskKinds.Of(task, new TaskSettings()));
        Assert.Contains(TaskKinds.Merge, TaskKinds.Of(merging, new TaskSettings()));
    }

    [Fact]
    public void Sum_Environments_AddsUp()
    {
        var plan = Plan();
        plan.Add(Writing);
        var sum = CoverageReport.Sum([plan.Report(true), Plan().Report(false)]);

        Assert.Equal((14, 3, 6, 1), (sum.Tools, sum.ToolsCovered, sum.Edges, sum.EdgesCovered));
        Assert.Equal((26, 14), (sum.Planned[TaskKinds.Reads], sum.Planned[TaskKinds.Writes]));
        Assert.Equal(1, sum.ByLength[3]);
    }

    private CoveragePlan Plan() => new(
        Library.Package,
        [Edge("search_books", "items[].book_id", "update_book"), Edge("search_books", "items[].book_id", "get_book"), Edge("search_books", "items[].id", "get_book"), Edge("list_books", "items[].book_id", "get_book"), Edge("lend_book", "book_id", "get_book")],
        new TaskSettings { PerEnvironment = 20, ReadOnlyShare = 0.3, LongShare = 0.25, MinimumCalls = 1, MaximumCalls = 3 });

    private static DependencyEdge Edge(string producer, string field, string consumer) => new(producer, field, consumer, "book_id", 0.9, DependencyKind.Entity, "id of book", IsDeclared: true);
}
