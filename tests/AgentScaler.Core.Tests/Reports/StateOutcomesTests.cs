using AgentScaler.Core.Tests.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Reports;

namespace AgentScaler.Core.Tests.Reports;

public sealed class StateOutcomesTests
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
}
