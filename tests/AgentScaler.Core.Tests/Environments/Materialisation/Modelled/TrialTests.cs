using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Materialisation.Modelled;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Core.Tests.Environments.Materialisation.Modelled;

public sealed class TrialTests : IDisposable
{
    private readonly EnvironmentEngine engine = new(new EngineOptions(), Domains.Clock);

    public void Dispose() => engine.Dispose();

    [Fact]
    public void Of_EveryEnvironmentOfTheSample_FindsNoBindingUntrue()
    {
        var packages = Domains.Sample().Select(domain => Domains.Build(engine, domain, new EnvironmentSettings { MutantsPerTool = 0 }).Package).OfType<EnvironmentPackage>().ToList();

        Assert.True(packages.Count >= 10, $"{packages.Count} environments");
        Assert.All(packages, package => Assert.Empty(Trial.Of(engine, package).Tools.SelectMany(tool => tool.Value.Select(finding => $"{tool.Key}: {finding.Reason}: {finding.Detail}"))));
    }
}
