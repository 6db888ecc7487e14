using AgentScaler.Core.Tests.Environments;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Tasks;

public sealed class TaskCoherenceTests : LibraryTaskTests
{
    [Fact]
    public void Check_CoherentTasks_FindsNothing() =>
        Assert.All(Tasks.Append(LibraryEnvironment.ListingTask(Engine, Library)), task => Assert.Null(Check(task)));

    [Fact]
    public void Check_ArgumentWithoutOrigin_IsFound() =>
        Assert.Equal(TaskReasons.NoProvenance, Check(WithOrigins(Writing, 1, new ArgumentOrigin("book_id", OriginKind.State, 0, "items.0.book_id"))));

    [Fact]
    public void Check_OriginOfNoArgument_IsFound() =>
        Assert.Equal(TaskReasons.NoProvenance, Check(WithOrigins(Writing, 0, new("query", OriginKind.User), new("shelf", OriginKind.User))));

    [Theory]
    [InlineData(0, "items.0.title")]
    [InlineData(0, "items.7.book_id")]
    [InlineData(1, "book_id")]
    [InlineData(2, "book_id")]
    [InlineData(-1, "book_id")]
    public void Check_OriginWhereTheValueDoesNotStandOrNotYet_IsFound(int step, string path) =>
        Assert.Equal(TaskReasons.WrongProvenance, Check(WithOrigins(Writing, 1, new("book_id", OriginKind.State, step, path), new("pages", OriginKind.User))));

    [Fact]
    public void Check_ConstantThatTheSchemaDoesNotGive_IsFound() =>
        Assert.Equal(TaskReasons.WrongProvenance, Check(WithOrigins(Writing, 1, new("book_id", OriginKind.State, 0, "items.0.book_id"), new("pages", OriginKind.Constant))));

    [Fact]
    public void Check_ReadThatNobodyNeeds_IsFound()
    {
        var task = Reading with { Requests = [.. Reading.Requests.Take(1), Reading.Requests[1] with { RequiredOutputs = [] }] };

        Assert.Equal(TaskReasons.Superfluous, Check(task));
    }

    [Fact]
    public void Check_LookupThatGivesAnArgument_IsNotSuperfluous() => Assert.Null(Check(Writing));

    [Fact]
    public void Check_OutputThatDoesNotStandInTheResult_IsFound()
    {
        var request = Reading.Requests[0];
        var task = Reading with { Requests = [request with { RequiredOutputs = [new("Jane Austin", request.RequiredOutputs[0].Call, request.RequiredOutputs[0].Path)] }, .. Reading.Requests.Skip(1)] };

        Assert.Equal(TaskReasons.WrongOutput, Check(task));
    }

    [Fact]
    public void Check_FactThatIsSaidOnlyLater_IsHidden() => Assert.Equal(TaskReasons.HidesFact, Check(Writing with
    {
        Requests = [Writing.Requests[0] with { Text = "Please set the number of pages of the book \"Dune\"." }, Writing.Requests[1] with { Text = "It has 620. Then lend that book to Ann Berg." }],
    }));

    [Fact]
    public void Check_FactThatIsOnlyAPieceOfAWord_IsHidden() => Assert.Equal(TaskReasons.HidesFact, Check(Writing with
    {
        Requests = [Writing.Requests[0] with { Text = "Please set the number of pages of the book \"Dune\" to 16205." }, Writing.Requests[1]],
    }));

    [Theory]
    [InlineData(0, "items.0.status", "available", true, null)]
    [InlineData(0, "items.0.status", "lent", false, null)]
    [InlineData(0, "items.0.status", "lent", true, TaskReasons.WrongCondition)]
    [InlineData(0, "items.0.status", "available", false, TaskReasons.WrongCondition)]
    [InlineData(0, "items.0.colour", "available", true, TaskReasons.WrongCondition)]
    [InlineData(1, "status", "available", true, TaskReasons.WrongCondition)]
    [InlineData(2, "status", "available", true, TaskReasons.WrongCondition)]
    public void Check_Condition_StandsBeforeWhatItDecidesAndSaysWhatItSays(int call, string path, string value, bool holds, string? reason) =>
        Assert.Equal(reason, Check(LibraryEnvironment.Choosing(Writing, new RequestCondition(call, path, value, holds, Short.Gold[0] with { Origins = [] }))));

    [Fact]
    public void Check_OtherWishThatIsNotSaid_IsHidden()
    {
        var other = Writing.Gold[1] with { Arguments = LibraryEnvironment.Json("""{"book_id":"book-101","pages":77}""") };

        Assert.Equal(TaskReasons.HidesFact, Check(LibraryEnvironment.Choosing(Writing, new RequestCondition(0, "items.0.status", "available", true, other))));
    }

    private string? Check(TaskSpec task) => TaskCoherence.Check(task, Library.Package);

    private static TaskSpec WithOrigins(TaskSpec task, int call, params ArgumentOrigin[] origins) =>
        task with { Gold = [.. task.Gold.Select((gold, i) => i == call ? gold with { Origins = origins } : gold)] };
}
