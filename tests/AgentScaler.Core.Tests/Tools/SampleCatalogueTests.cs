using AgentScaler.Json;
using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Tools;

public sealed class SampleCatalogueTests
{
    private static readonly ImportOutcome Sample = CatalogueImporter.Import(Catalogue.Sample(), new ToolSettings());

    [Fact]
    public void Import_Sample_KeepsEveryToolWithoutAProblem()
    {
        Assert.True(Sample.Report.Totals.Read >= 72, $"{Sample.Report.Totals.Read} tools");
        Assert.Empty(Sample.Report.Rejects);
        Assert.Empty(Sample.Problems());
        Assert.Equal(Sample.Report.Totals.Read, Sample.Tools.Count);
    }

    [Fact]
    public void Import_Sample_HasTwoDialectsAndAtLeastEightProviders()
    {
        Assert.Equal(["openai-tools", "openapi-3"], Sample.Report.Documents.Select(d => d.Dialect).Distinct().Order(StringComparer.Ordinal));
        Assert.True(Sample.Tools.Select(t => t.Source.Provider).Distinct().Count() >= 8);
    }

    [Fact]
    public void Import_Sample_EveryToolStatesItsLicenceAndDescribesItsParameters()
    {
        Assert.All(Sample.Tools, tool =>
        {
            Assert.Equal("MIT", tool.Source.Licence);
            Assert.All(tool.Parameters.GetProperty("properties").EnumerateObject(), p => Assert.NotEqual("", p.Value.GetProperty("description").GetString()));
        });
    }

    [Fact]
    public void Import_Sample_NoParameterIsBoilerplate()
    {
        Assert.DoesNotContain("x-boilerplate", string.Concat(Sample.Tools.Select(CanonicalJson.Serialize)), StringComparison.Ordinal);
    }

    [Fact]
    public void Import_Sample_DomainsShareHardlyAnyParameterName()
    {
        var providersOfName = Sample.Tools
            .SelectMany(t => t.PropertyNames().Select(name => (name, t.Source.Provider)))
            .Distinct()
            .GroupBy(pair => pair.name);

        Assert.Empty(providersOfName.Where(g => g.Count() > 1).Select(g => g.Key));
    }
}
