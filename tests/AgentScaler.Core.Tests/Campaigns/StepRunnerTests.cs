using AgentScaler.Campaigns;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Graphs;
using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Core.Tests.Campaigns;

public sealed class StepRunnerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FolderArtifactStore store;

    public StepRunnerTests() => store = new FolderArtifactStore(folder.Path);

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Run_Twice_RunsTheStepOnceAlsoInANewRunner()
    {
        var runs = 0;
        var call = await CallAsync(new CampaignIdentity(), "s", "a/b");
        var first = await new StepRunner(store, [LambdaStep.Writing("s", () => runs++)]).RunOrReadAsync(call, default);
        var second = await new StepRunner(store, [LambdaStep.Writing("s", () => runs++)]).RunOrReadAsync(call, default);
        Assert.Equal(1, runs);
        Assert.Equal((false, true), (first.FromStore, second.FromStore));
        Assert.Equal(first.Result.Output, second.Result.Output);
        Assert.Equal(first.Result.Counts, second.Result.Counts);
        Assert.Equal("a/b", await store.ReadTextAsync(first.Result.Output, default));
        Assert.Matches("^steps/s/[0-9a-f]{64}/out$", first.Result.Output);
    }

    [Fact]
    public async Task Run_SettingsTheStepDoesNotRead_DoNotChangeItsKey()
    {
        var runner = new StepRunner(store, [SeedReader(1)]);
        var one = await runner.RunAsync(await CallAsync(new CampaignIdentity { Seed = 1 }, "s"), default);
        var same = await runner.RunAsync(await CallAsync(new CampaignIdentity { Seed = 1, Graph = new GraphSettings { Threshold = 0.9 } }, "s"), default);
        var other = await runner.RunAsync(await CallAsync(new CampaignIdentity { Seed = 2 }, "s"), default);
        Assert.Equal(one.Output, same.Output);
        Assert.NotEqual(one.Output, other.Output);
    }

    [Fact]
    public async Task Run_OtherInputsOrderOrVersion_ChangeTheKey()
    {
        var identity = new CampaignIdentity();
        var runner = new StepRunner(store, [SeedReader(1)]);
        string[] outputs =
        [
            (await runner.RunAsync(await CallAsync(identity, "s"), default)).Output,
            (await runner.RunAsync(await CallAsync(identity, "s", "a", "b"), default)).Output,
            (await runner.RunAsync(await CallAsync(identity, "s", "b", "a"), default)).Output,
            (await runner.RunAsync(await CallAsync(identity, "s", "ab"), default)).Output,
            (await new StepRunner(store, [SeedReader(2)]).RunAsync(await CallAsync(identity, "s") with { Version = 2 }, default)).Output,
        ];
        Assert.Equal(outputs.Length, outputs.Distinct().Count());
    }

    [Fact]
    public void StepKey_KnownContent_IsTheHashOfItsCanonicalText() =>
        Assert.Equal(
            Determinism.GoldenHash.Of("""{"inputs":["a/b"],"name":"s","settings":{"x":1},"version":3}"""),
            StepKey.Of(new StepName("s", 3), new { X = 1.0 }, ["a/b"]));

    [Fact]
    public async Task Run_AnotherRunnerFinishesFirst_GivesThatResult()
    {
        var call = await CallAsync(new CampaignIdentity(), "s");
        var rival = new StepRunner(store, [LambdaStep.Writing("s")]);
        var runner = new StepRunner(store, [new LambdaStep(new StepName("s", 1), async (run, token) =>
        {
            await rival.RunAsync(call, token);
            return StepResult.Of(run.NewArtifact("out"), ("done", 99));
        })]);
        var outcome = await runner.RunOrReadAsync(call, default);
        Assert.True(outcome.FromStore);
        Assert.Equal(1, outcome.Result.Counts["done"]);
    }

    [Fact]
    public async Task Run_StepThatThrows_LeavesNoResultAndRunsAgain()
    {
        var call = await CallAsync(new CampaignIdentity(), "s");
        var isBroken = true;
        var runner = new StepRunner(store, [LambdaStep.Writing("s", () => _ = isBroken ? throw new FormatException("broken") : 0)]);
        await Assert.ThrowsAsync<FormatException>(() => runner.RunAsync(call, default));
        isBroken = false;
        Assert.False((await runner.RunOrReadAsync(call, default)).FromStore);
    }

    [Fact]
    public async Task Run_UnknownStepOrVersion_SaysWhichThereAre()
    {
        var runner = new StepRunner(store, [LambdaStep.Writing("a"), LambdaStep.Writing("b")]);
        var unknown = await Assert.ThrowsAsync<InvalidOperationException>(async () => await runner.RunAsync(await CallAsync(new CampaignIdentity(), "c"), default));
        Assert.Contains("'c'", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("a, b", unknown.Message, StringComparison.Ordinal);
        var version = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await runner.RunAsync(await CallAsync(new CampaignIdentity(), "a") with { Version = 7 }, default));
        Assert.Contains("version 1, version 7 was called", version.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new StepRunner(store, [LambdaStep.Writing("a"), LambdaStep.Writing("a")]));
    }

    [Fact]
    public async Task Run_ResultNamingNoArtifact_IsRefused()
    {
        var runner = new StepRunner(store, [new LambdaStep(new StepName("s", 1), (run, _) => Task.FromResult(StepResult.Of(run.NewArtifact("none"))))]);
        var call = await CallAsync(new CampaignIdentity(), "s");
        await Assert.ThrowsAsync<InvalidOperationException>(() => runner.RunAsync(call, default));
        Assert.Empty(Directory.GetFiles(folder.Path, "result.json", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Run_IdentityThatIsNotThereOrWasChanged_IsAStoreFaultThatNamesIt()
    {
        var runner = new StepRunner(store, [LambdaStep.Writing("s")]);
        var missing = CampaignStore.ReferenceOf(new CampaignIdentity { Seed = 5 });
        var fault = await Assert.ThrowsAsync<StoreException>(() => runner.RunAsync(new StepCall("s", 1, missing, []), default));
        Assert.Contains(missing, fault.Message, StringComparison.Ordinal);
        await store.TryCreateJsonAsync(missing, new CampaignIdentity { Seed = 6 }, default);
        fault = await Assert.ThrowsAsync<StoreException>(() => runner.RunAsync(new StepCall("s", 1, missing, []), default));
        Assert.Contains("was changed", fault.Message, StringComparison.Ordinal);
    }

    private static LambdaStep SeedReader(int version) => new(
        new StepName("s", version),
        async (run, token) =>
        {
            await run.Artifacts.TryCreateTextAsync(run.NewArtifact("out"), $"{run.Settings}", token);
            return StepResult.Of(run.NewArtifact("out"));
        },
        identity => identity.Seed);

    private async Task<StepCall> CallAsync(CampaignIdentity identity, string step, params string[] inputs) =>
        new(step, 1, await CampaignStore.SaveAsync(store, identity, default), inputs);
}
