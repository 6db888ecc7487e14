using System.Globalization;
using AgentScaler.Azure;
using AgentScaler.Campaigns;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Datasets;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Workflow;
using DurableTask.Core.Exceptions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace AgentScaler.Functions.Tests;

/// <summary>What the timers start and remove.</summary>
public sealed class TimerTests : IDisposable
{
    private const string Document = "campaigns/nightly.json";

    private readonly TemporaryFolder folder = new();
    private readonly FolderArtifactStore artifacts;
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 28, 0, 10, 0, TimeSpan.Zero));
    private readonly Mock<DurableTaskClient> client = new(MockBehavior.Strict, "test");

    private readonly SqliteStateStore state;
    private readonly CampaignBudgets budgets;

    public TimerTests()
    {
        artifacts = new FolderArtifactStore(folder.File("artifacts"));
        state = new SqliteStateStore(folder.File("state.db"));
        budgets = new CampaignBudgets(state, clock, new Budget { Usd = 3 });
    }

    public void Dispose()
    {
        state.Dispose();
        artifacts.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("2026-11-27T23:50:00Z", "2026-11-27")]
    [InlineData("2026-11-28T00:10:20Z", "2026-11-28")]
    [InlineData("2026-11-29T02:00:00Z", "2026-11-28")]
    [InlineData("0001-01-01T00:00:00Z", "2026-11-28")]
    public void Night_IsTheOccurrenceTheTimerWaitedFor(string next, string expected)
    {
        var night = NightlyRun.Of(Timer(next), clock.GetUtcNow());

        Assert.Equal("nightly-" + expected, night.Id);
        Assert.Equal(expected.Replace("-", string.Empty, StringComparison.Ordinal), night.Seed.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Nightly_Scheduled_StartsTheDocumentWithTheSeedOfTheDate()
    {
        await artifacts.TryCreateTextAsync(Document, """{ "identity": { "seed": 7, "documents": ["abc"] }, "operations": { "models": { "budget": { "usd": 9 } } } }""", CancellationToken.None);
        await artifacts.TryCreateJsonAsync(
            "steps/datasets.increment/a/increment.json", new IncrementManifest("d", "agentscaler", 1, 2, 0, "h"), CancellationToken.None);
        await artifacts.TryCreateJsonAsync(
            "steps/datasets.increment/b/increment.json", new IncrementManifest("d", "another", 1, 2, 0, "h"), CancellationToken.None);
        Show();
        WorkflowCall? call = null;
        StartOrchestrationOptions? options = null;
        client.Setup(it => it.ScheduleNewOrchestrationInstanceAsync(
                new TaskName(WorkflowFunction.Name), It.IsAny<object?>(), It.IsAny<StartOrchestrationOptions?>(), It.IsAny<CancellationToken>()))
            .Callback((TaskName _, object? input, StartOrchestrationOptions? given, CancellationToken _) => (call, options) = ((WorkflowCall)input!, given))
            .ReturnsAsync("campaign-nightly-2026-11-27");

        await NightlyAsync("2026-11-27T23:50:00Z");

        Assert.Equal("campaign-nightly-2026-11-27", options!.InstanceId);
        var identity = await CampaignStore.LoadAsync(artifacts, call!.Input.Campaign, CancellationToken.None);
        Assert.Equal((20261127L, "abc"), (identity.Seed, Assert.Single(identity.Documents)));
        Assert.Equal(CampaignWorkflow.WorkflowName, call.Workflow);
        Assert.Equal(["steps/datasets.increment/a/increment.json"], call.Input.Earlier);
        Assert.Equal(9, (await budgets.GetAsync(CampaignStore.HashIn(call.Input.Campaign), CancellationToken.None)).Usd);
    }

    [Fact]
    public async Task Nightly_EarlierNightStillRuns_StartsNothing()
    {
        await artifacts.TryCreateTextAsync(Document, "{}", CancellationToken.None);
        Show(new OrchestrationMetadata(WorkflowFunction.Name, "campaign-nightly-2026-11-26"));

        await NightlyAsync("2026-11-27T23:50:00Z");

        client.VerifyAll();
    }

    [Fact]
    public async Task Nightly_FiredAgain_IsNoError()
    {
        await artifacts.TryCreateTextAsync(Document, "{}", CancellationToken.None);
        Show();
        client.Setup(it => it.ScheduleNewOrchestrationInstanceAsync(
                It.IsAny<TaskName>(), It.IsAny<object?>(), It.IsAny<StartOrchestrationOptions?>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new OrchestrationAlreadyExistsException("there"));

        await NightlyAsync("2026-11-27T23:50:00Z");

        client.VerifyAll();
    }

    [Fact]
    public async Task Nightly_WithoutADocument_TouchesNothing() => await NightlyAsync("2026-11-27T23:50:00Z", document: "");

    [Fact]
    public async Task Nightly_DocumentMissing_SaysWhich()
    {
        Show();

        var e = await Assert.ThrowsAsync<StoreException>(() => NightlyAsync("2026-11-27T23:50:00Z"));

        Assert.Contains($"'{Document}'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData("7", 7)]
    public async Task Purge_RemovesWhatEndedBeforeTheDaysKept(string? setting, int days)
    {
        PurgeInstancesFilter? filter = null;
        client.Setup(it => it.PurgeAllInstancesAsync(It.IsAny<PurgeInstancesFilter>(), It.IsAny<PurgeInstanceOptions?>(), It.IsAny<CancellationToken>()))
            .Callback((PurgeInstancesFilter given, PurgeInstanceOptions? _, CancellationToken _) => filter = given)
            .ReturnsAsync(new PurgeResult(3));
        client.Setup(it => it.PurgeAllInstancesAsync(It.IsAny<PurgeInstancesFilter>(), It.IsAny<CancellationToken>()))
            .Callback((PurgeInstancesFilter given, CancellationToken _) => filter = given)
            .ReturnsAsync(new PurgeResult(3));

        await PurgeAsync(setting);

        Assert.Equal(clock.GetUtcNow().AddDays(-days), filter!.CreatedTo);
        Assert.DoesNotContain(OrchestrationRuntimeStatus.Running, filter.Statuses!);
        sweep.Verify(it => it.SweepAsync(clock.GetUtcNow().AddDays(-1), It.IsAny<CancellationToken>()), Times.Once());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("soon")]
    public async Task Purge_SettingIsNoNumberOfDays_SaysSo(string setting)
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => PurgeAsync(setting));

        Assert.Contains($"HISTORY_DAYS is '{setting}'", e.Message, StringComparison.Ordinal);
    }

    private readonly Mock<IStateSweep> sweep = new();

    private static TimerInfo Timer(string next) =>
        new() { ScheduleStatus = new ScheduleStatus { Next = DateTime.Parse(next, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal) } };

    private static IConfiguration Configuration(string name, string? value) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(name, value)]).Build();

    private void Show(params OrchestrationMetadata[] running) =>
        client.Setup(it => it.GetAllInstancesAsync(It.Is<OrchestrationQuery>(query => query.InstanceIdPrefix == "campaign-nightly-")))
            .Returns(Pageable.Create((string? _, CancellationToken _) => Task.FromResult(new Page<OrchestrationMetadata>(running, null))));

    private Task NightlyAsync(string next, string document = Document) =>
        new NightlyFunction(artifacts, budgets, Configuration(NightlyFunction.DocumentSetting, document), clock, NullLogger<NightlyFunction>.Instance)
            .RunAsync(Timer(next), client.Object, CancellationToken.None);

    private Task PurgeAsync(string? days) =>
        new PurgeFunction(Configuration(PurgeFunction.DaysSetting, days), sweep.Object, clock, NullLogger<PurgeFunction>.Instance)
            .RunAsync(new TimerInfo(), client.Object, CancellationToken.None);
}
