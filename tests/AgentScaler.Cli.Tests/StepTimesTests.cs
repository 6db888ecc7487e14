using AgentScaler.Campaigns;
using AgentScaler.Cli.Output;
using AgentScaler.Workflow;

namespace AgentScaler.Cli.Tests;

public sealed class StepTimesTests
{
    [Fact]
    public void Left_BeforeEachLongStepWasRun_IsNotKnown()
    {
        var times = new StepTimes(1, 2);
        times.Add(Step(StepNames.FindDomains, 1, ("domains", 3)));
        times.Add(Step(StepNames.BuildEnvironment, 4));
        Assert.Null(times.Left());
    }

    [Fact]
    public void Left_OneDomainOfThreeDone_IsTheMeanOfEachStepForTheOthersSharedByWorkers()
    {
        var times = new StepTimes(2, 2);
        times.Add(Step(StepNames.FindDomains, 1, ("domains", 3)));
        times.Add(Step(StepNames.BuildEnvironment, 4));
        times.Add(Step(StepNames.BuildTasks, 10));
        times.Add(Step(StepNames.RollOut, 1));
        times.Add(Step(StepNames.RollOut, 3));
        times.Add(Step(StepNames.Judge, 5));

        // Two domains: 4 s to build, 10 s of tasks, two shards of 2 s, 5 s to judge; two workers.
        Assert.Equal(TimeSpan.FromSeconds(2 * (4 + 10 + 4 + 5) / 2.0), times.Left());
    }

    [Fact]
    public void Left_DomainWithoutEnvironment_NeedsNothingMore()
    {
        var times = new StepTimes(1, 1);
        times.Add(Step(StepNames.FindDomains, 1, ("domains", 1)));
        times.Add(Step(StepNames.BuildEnvironment, 4, ("environmentsRejected", 1)));
        Assert.Null(times.Left());
        Assert.Equal(new StepTime(1, 4), times.Times[StepNames.BuildEnvironment.Name]);
    }

    [Fact]
    public void Add_ResultFromTheStore_CountsAsDoneButTakesNoTime()
    {
        var times = new StepTimes(1, 1);
        times.Add(Step(StepNames.Judge, 9) with { Phase = StepPhase.FromStore });
        Assert.Empty(times.Times);
    }

    private static StepProgress Step(StepName step, double seconds, params (string Name, long Count)[] counts) =>
        new("one", step.Name, StepPhase.Finished, [], 1, TimeSpan.FromSeconds(seconds)) { Counts = counts.ToDictionary(count => count.Name, count => count.Count) };
}
