using AgentScaler.Campaigns.Rescoring;
using AgentScaler.Core.Tests.Environments;
using AgentScaler.Core.Tests.Episodes;
using AgentScaler.Environments.Engine;
using AgentScaler.Funnel;

namespace AgentScaler.Core.Tests.Funnel;

/// <summary>A limit of the runtime that is hit once says nothing of a task or an episode (pipeline.md, determinism contract).</summary>
public sealed class LimitTests(LibraryRollouts library) : IClassFixture<LibraryRollouts>
{
    [Fact]
    public void Fault_LimitHitOnce_LeavesASoundTaskSound()
    {
        var rows = new HitsALimit(times: 1);
        Assert.Null(TaskProof.Fault(library.Writing with { InitialChanges = rows }, library.Environment, library.Engine));
        Assert.Equal(2, rows.Opened);
    }

    [Fact]
    public void Fault_LimitHitEveryTime_IsNamed()
    {
        var rows = new HitsALimit(int.MaxValue);
        Assert.Contains("took too long", TaskProof.Fault(library.Writing with { InitialChanges = rows }, library.Environment, library.Engine), StringComparison.Ordinal);
        Assert.Equal(FreshAttempts.Most, rows.Opened);
    }

    [Fact]
    public void Differs_LimitHitOnce_IsFoundOutAllTheSame()
    {
        var episode = library.Clean(library.Writing);
        var truth = new StateTruth(library.Engine, library.Environment);
        Assert.False(truth.Differs(episode, library.Writing with { InitialChanges = new HitsALimit(times: 1) }));
        Assert.True(truth.Differs(episode with { Calls = [.. episode.Calls.Take(1)] }, library.Writing with { InitialChanges = new HitsALimit(times: 1) }));
    }

    [Fact]
    public void Check_LimitHitOnce_BelievesTheRecord() =>
        Assert.Null(new ReplayCheck(library.Engine, library.Environment).Check(library.Clean(library.Writing), library.Writing with { InitialChanges = new HitsALimit(times: 1) }));
}
