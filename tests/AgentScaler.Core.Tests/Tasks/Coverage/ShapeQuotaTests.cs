using AgentScaler.Tasks;
using AgentScaler.Tasks.Coverage;

namespace AgentScaler.Core.Tests.Tasks.Coverage;

public sealed class ShapeQuotaTests : LibraryTaskTests
{
    [Fact]
    public void MakesWay_WhileThereIsRoom_NoTaskDoes() => Assert.False(Quota(0.5).MakesWay(Writing, 6));

    [Fact]
    public void MakesWay_NoMoreWantedThanMergesMissing_OnlyMergesAreTaken()
    {
        var quota = Quota(0.5);

        Assert.True(quota.MakesWay(Writing, 5));
        Assert.False(quota.MakesWay(Merging, 5));
        quota.Add(Merging);
        Assert.False(quota.MakesWay(Writing, 5));
        Assert.True(quota.MakesWay(Writing, 4));
    }

    [Fact]
    public void MakesWay_BothShapesMissing_EitherIsTaken()
    {
        var quota = new ShapeQuota(new TaskSettings { PerEnvironment = 10, MergeShare = 0.2, BranchShare = 0.2 });

        Assert.Contains(TaskKinds.Branch, TaskKinds.Of(Writing, new TaskSettings()));
        Assert.False(quota.MakesWay(Writing, 4));
        Assert.False(quota.MakesWay(Merging, 4));
        Assert.True(quota.MakesWay(Reading, 4));
        Assert.False(quota.MakesWay(Reading, 5));
        Assert.True(quota.IsWanted(TaskKinds.Merge, 4));
        Assert.False(quota.IsWanted(TaskKinds.Merge, 5));
    }

    [Fact]
    public void MakesWay_EnvironmentWithoutMerges_GivesUp()
    {
        var quota = Quota(1);

        var refused = Enumerable.Range(0, 100).TakeWhile(_ => quota.MakesWay(Writing, 10)).Count();

        Assert.InRange(refused, 1, 50);
        Assert.False(quota.MakesWay(Writing, 10));
    }

    private TaskSpec Merging => Writing with { Gold = [.. Writing.Gold.Take(2), Writing.Gold[2] with { Origins = [new("book_id", OriginKind.Output, 0, "items.0.book_id"), new("member", OriginKind.Output, 1, "author")] }] };

    private static ShapeQuota Quota(double merges) => new(new TaskSettings { PerEnvironment = 10, MergeShare = merges, BranchShare = 0 });
}
