using AgentScaler.Core.Tests.Environments;
using AgentScaler.Core.Tests.Episodes;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes;
using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Json;
using AgentScaler.Reports;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Reports;

public sealed class StateOutcomesTests(LibraryRollouts library) : IClassFixture<LibraryRollouts>
{
    [Fact]
    public void OfGold_CallsMadeAgain_GiveTheRowsThatGoldChanged()
    {
        using var engine = new EnvironmentEngine(new EngineOptions(), LibraryEnvironment.Clock);
        var package = LibraryEnvironment.Package();
        var task = LibraryEnvironment.WritingTask(engine, LoadedEnvironment.Load(package));
        var changes = new StateOutcomes(engine, package).OfGold(task);
        Assert.NotNull(changes);
        Assert.Contains("/books/book-101/pages", changes.Select(change => change.Path));
    }

    [Fact]
    public void OfGold_AnotherStateThanRecorded_IsNotShownAsIfItWere()
    {
        using var engine = new EnvironmentEngine(new EngineOptions(), LibraryEnvironment.Clock);
        var package = LibraryEnvironment.Package();
        var task = LibraryEnvironment.WritingTask(engine, LoadedEnvironment.Load(package)) with { GoldHash = new string('0', 64) };
        Assert.Null(new StateOutcomes(engine, package).OfGold(task));
    }

    [Fact]
    public void Of_ToolThatFailedOnce_GivesGoldsRowsWhichMakingTheFailedCallWouldNot()
    {
        var (task, episode) = Under(fault => fault.IsTransient, task => task.Gold.Any(call => call.Writes)).First(item => item.Episode.Calls.Any(call => call.RowsChanged > 0 && call.Tool == item.Episode.ToolFault!.Tool));
        var states = new StateOutcomes(library.Engine, library.Environment.Package);
        Assert.Equal(CanonicalJson.Serialize(states.OfGold(task)), CanonicalJson.Serialize(states.Of(episode, task)));
        Assert.NotEmpty(states.Of(episode, task)!);
    }

    [Fact]
    public void Of_ToolThatNeverWorked_GivesTheRowsOfGoldsOtherCalls()
    {
        var (task, episode) = Under(fault => !fault.IsTransient, task => task.Gold.Any(call => call.Writes)).First(item =>
            item.Episode.ToolFault is { } fault && item.Episode.FinalHash == fault.GoldHash && item.Episode.Calls.Any(call => fault.Explains(call) && item.Task.Gold.Any(gold => gold.Writes && gold.Tool == call.Tool)));
        var states = new StateOutcomes(library.Engine, library.Environment.Package);
        var right = TaskUnderFault.Of(task, episode);
        Assert.Equal(CanonicalJson.Serialize(states.OfGold(right)), CanonicalJson.Serialize(states.Of(episode, task)));
        Assert.NotEqual(CanonicalJson.Serialize(states.OfGold(task)), CanonicalJson.Serialize(states.Of(episode, task)));

        // The calls that failed are in the record: made again without the failure they lead elsewhere.
        Assert.Null(states.Of(episode with { ToolFault = null }, task));
    }

    private IEnumerable<(TaskSpec Task, EpisodeRecord Episode)> Under(Func<ToolFault, bool> fault, Func<TaskSpec, bool> fits) => library.Tasks.Where(fits)
        .SelectMany(task => Enumerable.Range(0, 60).Select(number => (task, Rollouts.Run(library.Engine, library.Environment, task, number, new EpisodeSettings { FaultShare = 0, ToolFaultShare = 1 }))))
        .Where(item => fault(item.Item2.ToolFault!));
}
