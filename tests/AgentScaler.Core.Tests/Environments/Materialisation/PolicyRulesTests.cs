using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Core.Tests.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Core.Tests.Environments.Materialisation;

/// <summary>Rules as data: what they say is in the policy, what bears on state is enforced.</summary>
public sealed class PolicyRulesTests
{
    private const string OrderRow = """{"type":"object","properties":{"id":{"type":"string"},"customer_name":{"type":"string"}},"required":["id"]}""";
    private const string ItemRow = """{"type":"object","properties":{"id":{"type":"string"},"order_id":{"type":"string"},"title":{"type":"string"}},"required":["id","order_id"]}""";

    [Fact]
    public void Rules_OfAnEnvironment_AreTheSentencesOfItsPolicy()
    {
        var package = SchemaBuilderTests.Materialise(Domains.Books);

        Assert.NotEmpty(package.Rules);
        Assert.All(package.Rules, rule => Assert.Contains("- " + rule.Text + "\n", package.Policy, StringComparison.Ordinal));
        Assert.Contains(package.Rules, rule => rule is { Kind: PolicyRuleKind.Confirm, Error: null } && rule.Tools.Contains("delete_book"));
    }

    [Fact]
    public void Rules_OfATool_SayWhatItDoesVerbFirst()
    {
        var package = SchemaBuilderTests.Materialise(Domains.Of(
            Domains.Tool("Subnets_Delete", "DELETE", "/networks/{network}/subnets/{subnet_id}", """{"network":{"type":"string"},"subnet_id":{"type":"string"}}""", ["network", "subnet_id"], null),
            Domains.Tool("Orders_Cancel", "POST", "/orders/{order_id}/cancel", """{"order_id":{"type":"string"}}""", ["order_id"], null),
            Domains.Tool("Orders_Get", "GET", "/orders/{order_id}", """{"order_id":{"type":"string"}}""", ["order_id"], null)));

        Assert.Contains(package.Rules, rule => rule.Text.StartsWith("Before you cancel an order or delete a subnet, say ", StringComparison.Ordinal));
        Assert.Contains(package.Rules, rule => rule.Text == "Deleting a subnet takes the `network` that it belongs to.");
        Assert.Contains(package.Rules, rule => rule.Text.StartsWith("To cancel an order, it must be ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(PolicyRuleKind.InUse, "delete_shelf", """{"shelf_id":"s1"}""")]
    [InlineData(PolicyRuleKind.Owner, "get_shelf_book", """{"book_id":"b1","shelf_id":"s2"}""")]
    [InlineData(PolicyRuleKind.Reference, "add_book", """{"title":"It","pages":9,"shelf_id":"s9"}""")]
    public void Call_AgainstARule_FailsWithTheErrorTheRuleNames(PolicyRuleKind kind, string tool, string arguments)
    {
        using var engine = new EnvironmentEngine(new EngineOptions(), Domains.Clock);
        var package = ProgramTests.WithRows(SchemaBuilderTests.Materialise(Domains.Books),
            ProgramTests.Row("shelves", "s1", """{"shelf_id":"s1","name":"North"}"""),
            ProgramTests.Row("shelves", "s2", """{"shelf_id":"s2","name":"South"}"""),
            ProgramTests.Row("books", "b1", """{"book_id":"b1","title":"Dune","pages":612,"status":"available","shelf_id":"s1"}"""));
        var rule = Assert.Single(package.Rules, rule => rule.Kind == kind && rule.Tools.Contains(tool));

        var result = engine.Open(LoadedEnvironment.Load(package), Seed.Root(1)).Call(tool, JsonElement.Parse(arguments));

        Assert.Equal(rule.Error, result.ErrorCode);
    }

    [Fact]
    public void Delete_OfARowWithParts_DeletesThemToo()
    {
        using var engine = new EnvironmentEngine(new EngineOptions(), Domains.Clock);
        var package = ProgramTests.WithRows(
            SchemaBuilderTests.Materialise(Domains.Of(
                Domains.Tool("get_order", "GET", "/orders/{order_id}", """{"order_id":{"type":"string"}}""", ["order_id"], OrderRow),
                Domains.Tool("delete_order", "DELETE", "/orders/{order_id}", """{"order_id":{"type":"string"}}""", ["order_id"], null),
                Domains.Tool("get_order_item", "GET", "/order-items/{id}", """{"id":{"type":"string"}}""", ["id"], ItemRow))),
            ProgramTests.Row("orders", "o1", """{"id":"o1"}"""),
            ProgramTests.Row("orders", "o2", """{"id":"o2"}"""),
            ProgramTests.Row("order_items", "i1", """{"id":"i1","order_id":"o1"}"""),
            ProgramTests.Row("order_items", "i2", """{"id":"i2","order_id":"o2"}"""));
        var session = engine.Open(LoadedEnvironment.Load(package), Seed.Root(1));

        Assert.False(session.Call("delete_order", JsonElement.Parse("""{"order_id":"o1"}""")).IsError);

        Assert.Equal(["i2"], session.Rows("order_items").Select(row => row.Key));
        Assert.Contains(package.Rules, rule => rule is { Kind: PolicyRuleKind.Cascade, Values: ["order_items"] });
    }

    [Fact]
    public void Create_WithAUniqueValueThatIsTaken_IsAConflict()
    {
        using var engine = new EnvironmentEngine(new EngineOptions(), Domains.Clock);
        var package = SchemaBuilderTests.Materialise(Domains.Of(
            Domains.Tool("create_project", "POST", "/projects", """{"slug":{"type":"string"},"name":{"type":"string"}}""", ["slug"], null),
            Domains.Tool("list_projects", "GET", "/projects", "{}", [], null)));
        var session = engine.Open(LoadedEnvironment.Load(package), Seed.Root(1));
        var arguments = JsonElement.Parse("""{"slug":"apollo","name":"One"}""");

        Assert.False(session.Call("create_project", arguments).IsError);

        Assert.Equal("conflict", session.Call("create_project", arguments).ErrorCode);
        Assert.Contains(package.Rules, rule => rule is { Kind: PolicyRuleKind.Unique, Field: "slug", Tools: ["create_project"] });
    }

    [Fact]
    public async Task Rules_WrittenAndRead_AreTheSame()
    {
        var package = SchemaBuilderTests.Materialise(Domains.Books);
        var store = new MemoryArtifacts();

        await PackageFolder.WriteAsync(store, "package/", package);
        var read = await PackageFolder.ReadAsync(store, "package/");

        Assert.Equal(CanonicalJson.Serialize(package.Rules), CanonicalJson.Serialize(read.Rules));
    }
}
