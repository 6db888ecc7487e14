using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Environments.Materialisation;

/// <summary>Links, counters, cursors, filters by lists, and changes that make what is not there, run by the real engine.</summary>
public sealed class PatternTests : IDisposable
{
    private const string Ticket =
        """{"type":"object","properties":{"id":{"type":"string"},"subject":{"type":"string"},"status":{"type":"string","enum":["open","closed","held"]},"tags":{"type":"array","items":{"type":"string"}},"queue_id":{"type":"string"}},"required":["id","subject","status"]}""";

    private const string Queue = """{"type":"object","properties":{"queue_id":{"type":"string"},"name":{"type":"string"},"ticket_count":{"type":"integer"}},"required":["queue_id","name","ticket_count"]}""";

    private readonly EnvironmentEngine engine = new(new EngineOptions(), Domains.Clock);
    private readonly EnvironmentPackage package;
    private readonly EnvironmentSession session;

    public PatternTests()
    {
        package = ProgramTests.WithRows(SchemaBuilderTests.Materialise(Domain),
            ProgramTests.Row("queues", "q1", """{"queue_id":"q1","name":"Sales","ticket_count":2}"""),
            ProgramTests.Row("queues", "q2", """{"queue_id":"q2","name":"Repairs","ticket_count":1}"""),
            ProgramTests.Row("agents", "a1", """{"agent_id":"a1","name":"Ada"}"""),
            ProgramTests.Row("queue_agents", "qa1", """{"queue_agent_id":"qa1","queue_id":"q1","agent_id":"a1"}"""),
            ProgramTests.Row("tickets", "t1", """{"id":"t1","subject":"Late","status":"open","tags":["vip","post"],"queue_id":"q1"}"""),
            ProgramTests.Row("tickets", "t2", """{"id":"t2","subject":"Broken","status":"closed","tags":["vip"],"queue_id":"q1"}"""),
            ProgramTests.Row("tickets", "t3", """{"id":"t3","subject":"Lost","status":"held","queue_id":"q2"}"""));
        session = engine.Open(LoadedEnvironment.Load(package), Seed.Root(1));
    }

    private static AgentScaler.Graphs.Domain Domain => Domains.Of(
        Domains.Tool("list_tickets", "GET", "/tickets",
            """{"statuses":{"type":"array","items":{"type":"string"}},"with_tags":{"type":"array","items":{"type":"string"}},"tag":{"type":"string"},"page_token":{"type":"string"},"page_size":{"type":"integer"}}""",
            [], $$$"""{"type":"object","properties":{"tickets":{"type":"array","items":{{{Ticket}}}},"next_page_token":{"type":"string"},"has_more":{"type":"boolean"}},"required":["tickets"]}"""),
        Domains.Tool("create_ticket", "POST", "/tickets", """{"subject":{"type":"string"},"queue_id":{"type":"string"}}""", ["queue_id", "subject"], Ticket),
        Domains.Tool("update_ticket", "PATCH", "/tickets/{id}", """{"id":{"type":"string"},"queue_id":{"type":"string"}}""", ["id"], Ticket),
        Domains.Tool("delete_ticket", "DELETE", "/tickets/{id}", """{"id":{"type":"string"}}""", ["id"], null),
        Domains.Tool("get_queue", "GET", "/queues/{queue_id}", """{"queue_id":{"type":"string"}}""", ["queue_id"], Queue),
        Domains.Tool("create_or_update_queue", "PUT", "/queues/{queue_id}", """{"queue_id":{"type":"string"},"name":{"type":"string"}}""", ["queue_id"], Queue),
        Domains.Tool("get_agent", null, null, """{"agent_id":{"type":"string"}}""", ["agent_id"], """{"type":"object","properties":{"agent_id":{"type":"string"},"name":{"type":"string"}},"required":["agent_id","name"]}"""),
        Domains.Tool("add_agent_to_queue", null, null, """{"agent_id":{"type":"string"},"queue_id":{"type":"string"}}""", ["agent_id", "queue_id"], null),
        Domains.Tool("remove_agent_from_queue", null, null, """{"agent_id":{"type":"string"},"queue_id":{"type":"string"}}""", ["agent_id", "queue_id"], null));

    public void Dispose() => engine.Dispose();

    [Theory]
    [InlineData("""{"statuses":["open","held"]}""", "t1 t3")]
    [InlineData("""{"statuses":[]}""", "")]
    [InlineData("""{"with_tags":["vip"]}""", "t1 t2")]
    [InlineData("""{"with_tags":["vip","post"]}""", "t1")]
    [InlineData("""{"tag":"post"}""", "t1")]
    [InlineData("""{"statuses":["open","closed"],"tag":"vip","page_size":1}""", "t1")]
    public void List_ByLists_ShowsRowsThatHaveOneOrAll(string arguments, string ids) => Assert.Equal(ids, Ids(Ok("list_tickets", arguments)));

    [Fact]
    public void List_FollowedByItsTokens_ShowsEveryRowOnce()
    {
        var first = Ok("list_tickets", """{"page_size":2}""");
        var token = first.GetProperty("next_page_token").GetString();
        var second = Ok("list_tickets", $$"""{"page_size":2,"page_token":"{{token}}"}""");

        Assert.Equal(("t1 t2", "t3"), (Ids(first), Ids(second)));
        Assert.Equal((true, false), (first.GetProperty("has_more").GetBoolean(), second.GetProperty("has_more").GetBoolean()));
        Assert.False(second.TryGetProperty("next_page_token", out _));
    }

    [Fact]
    public void List_AfterAPageThatNeverWas_IsRefused() => Assert.Equal("invalid_cursor", session.Call("list_tickets", JsonElement.Parse("""{"page_token":"t9"}""")).ErrorCode);

    [Fact]
    public void Counts_FollowWhatIsMadeMovedAndRemoved()
    {
        Ok("create_ticket", """{"subject":"New","queue_id":"q1"}""");
        Assert.Equal((3, 1), Counts());

        Ok("update_ticket", """{"id":"t1","queue_id":"q2"}""");
        Assert.Equal((2, 2), Counts());

        Ok("delete_ticket", """{"id":"t1"}""");
        Assert.Equal((2, 1), Counts());
    }

    [Fact]
    public void Counts_FollowWhatGoesWithAnother()
    {
        const string Product = """{"type":"object","properties":{"product_id":{"type":"string"},"name":{"type":"string"},"order_item_count":{"type":"integer"}},"required":["product_id","name","order_item_count"]}""";
        var shop = ProgramTests.WithRows(
            SchemaBuilderTests.Materialise(Domains.Of(
                Domains.Tool("delete_order", "DELETE", "/orders/{order_id}", """{"order_id":{"type":"string"}}""", ["order_id"], null),
                Domains.Tool("add_order_item", "POST", "/orders/{order_id}/order-items", """{"order_id":{"type":"string"},"product_id":{"type":"string"}}""", ["order_id", "product_id"], null),
                Domains.Tool("get_product", "GET", "/products/{product_id}", """{"product_id":{"type":"string"}}""", ["product_id"], Product))),
            ProgramTests.Row("orders", "o1", """{"order_id":"o1"}"""),
            ProgramTests.Row("products", "p1", """{"product_id":"p1","name":"Chair","order_item_count":2}"""),
            ProgramTests.Row("order_items", "i1", """{"order_item_id":"i1","order_id":"o1","product_id":"p1"}"""),
            ProgramTests.Row("order_items", "i2", """{"order_item_id":"i2","order_id":"o1","product_id":"p1"}"""));
        var selling = engine.Open(LoadedEnvironment.Load(shop), Seed.Root(1));

        var result = selling.Call("delete_order", JsonElement.Parse("""{"order_id":"o1"}"""));

        Assert.False(result.IsError, result.Content);
        Assert.Empty(selling.Rows("order_items"));
        Assert.Equal(0, selling.Row("products", "p1")!.Value.GetProperty("order_item_count").GetInt32());
    }

    [Fact]
    public void Unlink_WhatIsJoined_RemovesTheLinkAlone()
    {
        Ok("remove_agent_from_queue", """{"agent_id":"a1","queue_id":"q1"}""");

        Assert.Empty(session.Rows("queue_agents"));
        Assert.NotNull(session.Row("agents", "a1"));
        Assert.NotNull(session.Row("queues", "q1"));
        Assert.Equal("not_found", session.Call("remove_agent_from_queue", JsonElement.Parse("""{"agent_id":"a1","queue_id":"q1"}""")).ErrorCode);
    }

    [Fact]
    public void Link_WhatIsJoinedAlready_IsAConflict()
    {
        Assert.Equal("conflict", session.Call("add_agent_to_queue", JsonElement.Parse("""{"agent_id":"a1","queue_id":"q1"}""")).ErrorCode);
        Ok("add_agent_to_queue", """{"agent_id":"a1","queue_id":"q2"}""");
        Assert.Equal(2, session.Rows("queue_agents").Count());
    }

    [Fact]
    public void CreateOrUpdate_ChangesTheRowThatIsThereAndMakesTheOneThatIsNot()
    {
        Ok("create_or_update_queue", """{"queue_id":"q1","name":"Orders"}""");
        Ok("create_or_update_queue", """{"queue_id":"q9","name":"Returns"}""");

        Assert.Equal("Orders", session.Row("queues", "q1")!.Value.GetProperty("name").GetString());
        Assert.Equal(("Returns", 0), (session.Row("queues", "q9")!.Value.GetProperty("name").GetString(), session.Row("queues", "q9")!.Value.GetProperty("ticket_count").GetInt32()));
    }

    [Fact]
    public void Build_WithAllOfThem_EveryToolPassesTheAudit()
    {
        var build = Domains.Build(engine, Domain);

        Assert.Empty(build.Outcome.ToolsRejected);
    }

    [Fact]
    public void Schema_ThingsOfOneNameWithOtherFields_AreKeptApartByProvider()
    {
        var schema = SchemaBuilderTests.Materialise(Domains.Of(
            From("acme/payments.example.com", "get_invoice", """{"id":{"type":"string"},"amount_due":{"type":"integer"},"currency":{"type":"string"},"customer_email":{"type":"string"},"paid_at":{"type":"string"}}"""),
            From("Hosting API", "fetch_invoice", """{"id":{"type":"string"},"server":{"type":"string"},"cpu_hours":{"type":"number"},"traffic_gigabytes":{"type":"number"},"period":{"type":"string"}}"""),
            From("third", "show_invoice", """{"id":{"type":"string"},"amount_due":{"type":"integer"},"currency":{"type":"string"},"due_date":{"type":"string"},"paid_at":{"type":"string"}}"""))).Schema;

        Assert.Equal(["hosting_invoices", "payments_example_invoices"], schema.Collections.Select(collection => collection.Name));
        Assert.All(schema.Collections, collection => Assert.Equal("invoice", collection.Entity));
        Assert.Contains(schema.Collections[1].Fields, field => field.Name == "due_date");
        Assert.DoesNotContain(schema.Collections[1].Fields, field => field.Name == "server");
    }

    private static ToolSpec From(string provider, string name, string row) =>
        Domains.Tool(name, null, null, """{"invoice_id":{"type":"string"}}""", ["invoice_id"], $$"""{"type":"object","properties":{{row}}}""") with
        {
            Source = new ToolSource(provider, new string('0', 64), "$", "agentscaler-tools", "MIT"),
        };

    private (int First, int Second) Counts() => (CountOf("q1"), CountOf("q2"));

    private int CountOf(string queue) => session.Row("queues", queue)!.Value.GetProperty("ticket_count").GetInt32();

    private JsonElement Ok(string tool, string arguments)
    {
        var result = session.Call(tool, JsonElement.Parse(arguments));
        Assert.False(result.IsError, result.Content);
        return JsonElement.Parse(result.Content);
    }

    private static string Ids(JsonElement result) => string.Join(' ', result.GetProperty("tickets").EnumerateArray().Select(ticket => ticket.GetProperty("id").GetString()));
}
