using AgentScaler.Campaigns;
using AgentScaler.Core.Tests.Campaigns;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Json;
using AgentScaler.Storage;
using AgentScaler.Workflow;
using Microsoft.Extensions.Time.Testing;

namespace AgentScaler.Core.Tests.Workflow;

public sealed class WorkflowReplayTests
{
    private const string Campaign = "campaigns/test.json";

    private static readonly FakePipeline Pipeline = new(pages: 7, domainsPerPage: 5);

    public static TheoryData<Flaw> Flaws => [.. Enum.GetValues<Flaw>().Where(flaw => flaw != Flaw.None)];

    [Fact]
    public void Campaign_ManyOrdersOfCompletion_ReplaysAndAlwaysGivesTheSame()
    {
        var run = Verify(Originals, Pipeline.Answer, orders: 6);
        Assert.EndsWith("/manifest.json", run.Result.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["tools", "graphs", "domains", "domains", "domains", "domains", "domains", "datasets", "done"], Stages(run));
        Assert.Contains($"\"kept\":{Pipeline.Kept}", run.Statuses[^1], StringComparison.Ordinal);
        Assert.Contains("\"done\":7,\"stage\":\"done\",\"total\":7", run.Statuses[^1], StringComparison.Ordinal);
        Assert.Equal(run.Calls.Count, run.Calls.Distinct().Count());
        Assert.Equal(7 * 5, CallsOf(run, "environments.build").Length);
        Assert.Equal(Pipeline.Kept, CallsOf(run, "funnel.judge").Length);
    }

    [Fact]
    public void Campaign_RejectedDomains_ReachTheirPageAndNothingElse()
    {
        var run = Verify(Originals, Pipeline.Answer, orders: 2);
        var pages = CallsOf(run, "datasets.page");
        Assert.Equal(7, pages.Length);
        Assert.Equal((7 * 5) - Pipeline.Kept, pages.Sum(call => Count(call, "outcome.json")));
        Assert.Equal(Pipeline.Kept, pages.Sum(call => Count(call, "judgement.json")));
    }

    [Fact]
    public void Campaign_NoPages_StillAssemblesADataset()
    {
        var empty = new FakePipeline(0, 0);
        var run = Verify(Originals, empty.Answer, orders: 2);
        Assert.Equal(["tools", "graphs", "domains", "datasets", "done"], Stages(run));
    }

    [Fact]
    public void Campaign_OfASeries_EndsWithItsIncrement()
    {
        var input = WorkflowInput.Start(Campaign) with { Earlier = ["steps/datasets.increment/a/increment.json"] };
        var run = new ReplayingHost(Originals, Pipeline.Answer).Verify(CampaignWorkflow.WorkflowName, "campaign-1", input, 3, []);

        var call = Assert.Single(CallsOf(run, "datasets.increment"));
        Assert.Contains("/manifest.json\",\"steps/datasets.increment/a/increment.json\"", call, StringComparison.Ordinal);
        Assert.EndsWith("/manifest.json", run.Result.Output, StringComparison.Ordinal);
        Assert.EndsWith("/increment.json", Assert.Single(run.Result.Items), StringComparison.Ordinal);
        Assert.Contains("\"added\":5", run.Statuses[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Campaign_PausedAndResumed_StartsNoPageBetweenAndGivesTheSameDataset()
    {
        var run = Verify(
            Originals,
            Pipeline.Answer,
            orders: 3,
            new ReplayEvent(CampaignWorkflow.ControlEvent, CampaignWorkflow.Pause, Generation: 1),
            new ReplayEvent(CampaignWorkflow.ControlEvent, CampaignWorkflow.Resume, Generation: null));
        Assert.Equal(
            ["tools", "graphs", "domains", "domains", "domains", "paused", "domains", "domains", "datasets", "done"], Stages(run));
        Assert.Equal(["\"paused; waiting for resume or cancel\""], run.Logs);
        Assert.Equal(Verify(Originals, Pipeline.Answer, orders: 1).Calls, run.Calls);
    }

    [Fact]
    public void Campaign_PausedTwiceAndCancelled_EndsWithoutADataset()
    {
        var run = Verify(
            Originals,
            Pipeline.Answer,
            orders: 3,
            new ReplayEvent(CampaignWorkflow.ControlEvent, CampaignWorkflow.Pause, Generation: 1),
            new ReplayEvent(CampaignWorkflow.ControlEvent, CampaignWorkflow.Pause, Generation: null),
            new ReplayEvent(CampaignWorkflow.ControlEvent, CampaignWorkflow.Cancel, Generation: null));
        Assert.Equal(string.Empty, run.Result.Output);
        Assert.Equal(["tools", "graphs", "domains", "domains", "domains", "paused", "paused", "cancelled"], Stages(run));
        Assert.Empty(CallsOf(run, "datasets.assemble"));
        Assert.Equal(4, CallsOf(run, "datasets.page").Length);
    }

    [Fact]
    public void Campaign_CancelledWhileTheCatalogueIsRead_IsNotForgotten()
    {
        var run = Verify(
            Originals, Pipeline.Answer, orders: 2, new ReplayEvent(CampaignWorkflow.ControlEvent, CampaignWorkflow.Cancel, Generation: 0));
        Assert.Equal("cancelled", Stages(run)[^1]);
    }

    [Fact]
    public void Campaign_ResumedBeforeItPauses_GoesOn()
    {
        var run = Verify(
            Originals,
            Pipeline.Answer,
            orders: 2,
            new ReplayEvent(CampaignWorkflow.ControlEvent, CampaignWorkflow.Pause, Generation: 1),
            new ReplayEvent(CampaignWorkflow.ControlEvent, CampaignWorkflow.Resume, Generation: 1));
        Assert.Equal("done", Stages(run)[^1]);
    }

    [Fact]
    public void Campaign_StepThatFailsAtEveryAttempt_Fails()
    {
        var attempts = 0;
        var failure = Assert.Throws<StepFailedException>(() => Verify(
            Originals,
            call => call.Name == "funnel.judge" && ++attempts > 10 ? throw new StoreException("disk full") : Pipeline.Answer(call),
            orders: 1));
        Assert.Contains("funnel.judge", failure.Message, StringComparison.Ordinal);
        Assert.Contains("disk full", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Campaign_StepThatFailsOnce_GivesTheSameDataset()
    {
        var failed = new HashSet<string>();
        var run = Verify(
            Originals,
            call => failed.Add(CanonicalJson.Serialize(call)) ? throw new StoreException("once") : Pipeline.Answer(call),
            orders: 1);
        Assert.Equal(Verify(Originals, Pipeline.Answer, orders: 1).Result.Output, run.Result.Output);
    }

    [Fact]
    public async Task Campaign_InProcessAndReplaying_GiveTheSameResultAndStatuses()
    {
        using var folder = new TemporaryFolder();
        using var store = new FolderArtifactStore(folder.Path);
        var campaign = await CampaignStore.SaveAsync(store, new CampaignIdentity(), default);
        var runner = new StepRunner(store, Pipeline.Steps());
        var statuses = new Listener<WorkflowStatus>();
        var host = new InProcessHost(runner, Originals, new InProcessOptions { Parallelism = 4, Statuses = statuses }, new FakeTimeProvider());
        var result = await host.RunAsync(CampaignWorkflow.WorkflowName, "c", WorkflowInput.Start(campaign), default);

        var replayed = new ReplayingHost(Originals, call => Task.Run(() => runner.RunAsync(call, default)).GetAwaiter().GetResult())
            .Verify(CampaignWorkflow.WorkflowName, "c", WorkflowInput.Start(campaign), 2);

        Assert.Equal(CanonicalJson.Serialize(result), CanonicalJson.Serialize(replayed.Result));
        Assert.Equal(statuses.All.Select(status => CanonicalJson.Serialize(status)), replayed.Statuses);
    }

    [Fact]
    public void BrokenCopies_WithoutAFlaw_AreTheOriginals()
    {
        var copies = Verify([new BrokenCampaignWorkflow(Flaw.None), new BrokenDomainPageWorkflow(Flaw.None)], Pipeline.Answer, orders: 3);
        var originals = Verify(Originals, Pipeline.Answer, orders: 1);
        Assert.Equal(originals.Result.Output, copies.Result.Output);
        Assert.Equal(originals.Calls, copies.Calls);
        Assert.Equal(originals.Statuses, copies.Statuses);
    }

    [Theory]
    [MemberData(nameof(Flaws))]
    public void BrokenDomainPage_AnyFlaw_IsCaught(Flaw flaw)
    {
        var caught = Assert.Throws<NondeterminismException>(() => Verify(
            [new CampaignWorkflow(), new BrokenDomainPageWorkflow(flaw)], Pipeline.Answer, orders: 12));
        Assert.Matches(Expected(flaw), caught.Message);
    }

    [Theory]
    [MemberData(nameof(Flaws))]
    public void BrokenCampaign_AnyFlaw_IsCaught(Flaw flaw)
    {
        var caught = Assert.Throws<NondeterminismException>(() => Verify(
            [new BrokenCampaignWorkflow(flaw), new DomainPageWorkflow()], Pipeline.Answer, orders: 12));
        Assert.Matches(Expected(flaw), caught.Message);
    }

    private static IWorkflow[] Originals => [new CampaignWorkflow(), new DomainPageWorkflow()];

    /// <summary>How the message must tell the author what is wrong.</summary>
    private static string Expected(Flaw flaw) => flaw switch
    {
        Flaw.AmbientClock => "two replays.*\n *recorded: step .*\n *replayed: step ",
        Flaw.AmbientLog => "two replays.*\n *recorded: log .*done at.*\n *replayed: log ",
        Flaw.InstanceState => "two replays.*\n *recorded: status .*\n *replayed: status ",
        Flaw.UnorderedFanIn => "depends on the order in which work ends\n *in order 0: .*\n *in order 1: ",
        Flaw.AbandonedStep => "ended while this was still under way: step|step call .* depends on the order",
        Flaw.ConfigureAwaitFalse => "another thread|foreign await",
        _ => "its context did not give|foreign await",
    };

    private static ReplayRun Verify(IReadOnlyList<IWorkflow> workflows, Func<StepCall, StepResult> steps, int orders, params ReplayEvent[] events) =>
        new ReplayingHost(workflows, steps).Verify(CampaignWorkflow.WorkflowName, "campaign-1", WorkflowInput.Start(Campaign), orders, events);

    private static string[] Stages(ReplayRun run) =>
        [.. run.Statuses.Select(status => status.Split("\"stage\":\"")[1].Split('"')[0])];

    private static string[] CallsOf(ReplayRun run, string step) =>
        [.. run.Calls.Where(call => call.Contains($"\"name\":\"{step}\"", StringComparison.Ordinal))];

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
