using AgentScaler.Core.Tests.Environments.Materialisation;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Audit.Mutation;
using AgentScaler.Environments.Engine;
using AgentScaler.Json;

namespace AgentScaler.Core.Tests.Environments.Audit;

/// <summary>What an audit sees of pages and orders, which show only where there is more than a page of rows.</summary>
public sealed class ListingCallsTests : IDisposable
{
    private const string Repo = """{"type":"object","properties":{"id":{"type":"integer"},"name":{"type":"string"},"stars":{"type":"integer"},"org_id":{"type":"integer"}},"required":["id","name","stars"]}""";

    private readonly EnvironmentEngine engine = new(new EngineOptions(), Domains.Clock);

    public void Dispose() => engine.Dispose();

    [Theory]
    [InlineData("""{"org_id":{"type":"integer"},"page":{"type":"integer"},"limit":{"type":"integer"}}""", "off-by-one", "swapped-arithmetic", "changed-constant")]
    [InlineData("""{"org_id":{"type":"integer"},"offset":{"type":"integer"},"limit":{"type":"integer"}}""", "off-by-one", "changed-constant")]
    [InlineData("""{"org_id":{"type":"integer"},"sort":{"type":"string"},"direction":{"type":"string"}}""", "skipped-filter", "changed-constant", "swapped-logic")]
    public void Run_ListingUnderAnOwner_NoticesEveryFaultOfItsPagesAndOrder(string parameters, params string[] faults)
    {
        var package = Domains.Package(engine, Domains.Of(
            Domains.Tool("list_repos", "GET", "/orgs/{org_id}/repos", parameters.Replace("\"org_id\":{\"type\":\"integer\"}", "\"org_id\":{\"type\":\"integer\",\"x-in\":\"path\"}", StringComparison.Ordinal),
                ["org_id"], $$$$"""{"type":"object","properties":{"repos":{"type":"array","items":{{{{Repo}}}}},"total":{"type":"integer"}}}"""),
            Domains.Tool("get_repo", "GET", "/repos/{repo_id}", """{"repo_id":{"type":"integer"}}""", ["repo_id"], Repo),
            Domains.Tool("get_org", "GET", "/orgs/{org_id}", """{"org_id":{"type":"integer"}}""", ["org_id"], """{"type":"object","properties":{"org_id":{"type":"integer"},"name":{"type":"string"}}}""")));
        var report = new MutationTest(engine).Run(package, new EnvironmentAudit(engine).Run(package));

        // Of what compares two rows only the sign counts: 2 for 1 is the same order.
        var missed = report.Survivors.Where(survivor => survivor.Tool == "list_repos" && faults.Contains(survivor.Operator)
            && !(parameters.Contains("sort", StringComparison.Ordinal) && survivor is { Operator: "changed-constant", Before: "0" or "1" })).ToList();

        Assert.All(faults, fault => Assert.True(report.Operators.ContainsKey(fault), $"no mutant of kind {fault}"));
        Assert.True(missed.Count == 0, package.Tools.First(tool => tool.Name == "list_repos").Program + CanonicalJson.Serialize(missed));
    }
}
