using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Core.Tests.Environments.Materialisation;
using AgentScaler.Core.Tests.Models;
using AgentScaler.Json;
using AgentScaler.Tools;
using AgentScaler.Tools.Refinement;

namespace AgentScaler.Core.Tests.Tools.Refinement;

public sealed class ToolRefinerTests
{
    private const string Properties = """{"parcel_id":{"description":"The parcel."},"speed":{"type":"string","enum":["slow","fast"]},"order":{"type":"string","description":"asc or desc"}}""";

    private static readonly ToolSpec Vague = Domains.Tool("send_it", null, null, Properties, ["parcel_id"], null) with { Description = "Sends." };

    private static readonly ToolSpec Explicit = Domains.Tool(
        "get_parcel", null, null, """{"parcel_id":{"type":"string","description":"The id of the parcel."}}""", ["parcel_id"], """{"type":"object","properties":{"parcel_id":{"type":"string"}}}""")
        with { Description = "Gets one parcel of the depot by the id that is printed on it." };

    [Fact]
    public async Task Refine_WithoutAModel_LeavesEveryToolAsItIs()
    {
        var refined = await ToolRefiner.RefineAsync([Vague, Explicit], null, CancellationToken.None);

        Assert.Equal([Vague, Explicit], refined.Tools);
        Assert.Equal((0, 0), (refined.Vague, refined.Refined));
    }

    [Fact]
    public async Task Refine_VagueTool_BecomesExplicitAndKeepsItsOriginal()
    {
        var brain = Brain.Always(Answer(tool => { }));

        var refined = await ToolRefiner.RefineAsync([Vague, Explicit], brain.Builder(), CancellationToken.None);

        var tool = refined.Tools[0];
        Assert.Equal((1, 1, 0), (refined.Vague, refined.Refined, refined.Refused.Count));
        Assert.Equal("Sends a parcel to where it belongs and gives its tracking id.", tool.Description);
        Assert.Equal("""{"description":"The parcel.","type":"string"}""", CanonicalJson.Write(tool.Parameters.GetProperty("properties").GetProperty("parcel_id")));
        Assert.Equal("How fast it goes.", tool.Parameters.GetProperty("properties").GetProperty("speed").GetProperty("description").GetString());
        Assert.Equal("""{"properties":{"tracking_id":{"type":"string"}},"required":["tracking_id"],"type":"object"}""", CanonicalJson.Write(tool.Returns!.Value));
        Assert.Equal((Vague.Id, "Sends.", "brain-1", "tool-refinement@1"), (tool.Id, tool.Original!.Description, tool.Original.Model, tool.Original.Prompt));
        Assert.True(JsonElement.DeepEquals(Vague.Parameters, tool.Original.Parameters));
        Assert.Equal(Explicit, refined.Tools[1]);
        Assert.DoesNotContain("get_parcel", brain.Questions.Single().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refine.adds-parameter", "add")]
    [InlineData("refine.drops-parameter", "drop")]
    [InlineData("refine.changes-type", "type")]
    [InlineData("refine.changes-enum", "enum")]
    [InlineData("refine.changes-required", "required")]
    [InlineData("refine.adds-enum", "new-enum")]
    public async Task Refine_ProposalAgainstTheDocument_IsToldBackThenRefusedAndCounted(string reason, string change)
    {
        var brain = Brain.Always(Answer(tool => Break(tool["parameters"]!.AsObject(), change)));

        var refined = await ToolRefiner.RefineAsync([Vague], brain.Builder(), CancellationToken.None);

        Assert.Equal(Vague, refined.Tools.Single());
        Assert.Equal(("send_it", reason), (refined.Refused.Single().Tool, refined.Refused.Single().Reason));
        Assert.Equal(4, brain.Questions.Count);
        Assert.Contains("contradicted the document", brain.Questions.First(question => question.Text.Contains("refused", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"parcel_id":{"type":"string"},"parcel_id":{"type":"string"},"speed":{"type":"string","enum":["slow","fast"]},"order":{"type":"string"}},"required":["parcel_id"]}""", null)]
    [InlineData("""{"type":"object","properties":{"parcel_id":{"type":"string","description":"\ud83d"},"speed":{"type":"string","enum":["slow","fast"]},"order":{"type":"string"}},"required":["parcel_id"]}""", null)]
    [InlineData(null, """{"type":"object","properties":{"id":"string"}}""")]
    [InlineData(null, """{"type":"object","properties":{"id":{"type":"string"}},"required":"id"}""")]
    public async Task Refine_SchemaThatIsNone_IsRefusedAndTheToolStays(string? parameters, string? returns)
    {
        var open = Vague with { Returns = returns is null ? null : JsonElement.Parse("""{"type":"object"}""") };
        var proposal = "{\"tools\":[{\"name\":\"send_it\",\"description\":\"Sends a parcel to where it belongs and gives its tracking id.\",\"parameters\":"
            + (parameters ?? open.Parameters.GetRawText()) + (returns is null ? "" : ",\"returns\":" + returns) + "}]}";

        var refined = await ToolRefiner.RefineAsync([open], Brain.Always(proposal).Builder(), CancellationToken.None);

        Assert.Equal((open, 0), (refined.Tools.Single(), refined.Refined));
        Assert.Single(refined.Refused);
    }

    [Fact]
    public async Task Refine_SecondProposalThatFits_IsTaken()
    {
        var n = 0;
        var brain = Brain.Saying(_ => Answer(tool => Break(tool["parameters"]!.AsObject(), n++ == 0 ? "add" : "nothing")));

        Assert.Equal(1, (await ToolRefiner.RefineAsync([Vague], brain.Builder(), CancellationToken.None)).Refined);
    }

    [Fact]
    public async Task Refine_ValuesThatTheDocumentNamesInProse_BecomeAList()
    {
        var brain = Brain.Always(Answer(tool => tool["parameters"]!["properties"]!["order"]!["enum"] = new JsonArray("asc", "desc")));

        var refined = await ToolRefiner.RefineAsync([Vague], brain.Builder(), CancellationToken.None);

        Assert.Equal("""["asc","desc"]""", CanonicalJson.Write(refined.Tools[0].Parameters.GetProperty("properties").GetProperty("order").GetProperty("enum")));
    }

    [Fact]
    public async Task Refine_DescriptionWithControlAndDirectionCharacters_IsPlainText()
    {
        var brain = Brain.Always(Answer(tool => tool["description"] = "Sends\u0007 a \u202eparcel\n\n to مرحبا \ud83d\ude00."));

        Assert.Equal("Sends a parcel to مرحبا \ud83d\ude00.", (await ToolRefiner.RefineAsync([Vague], brain.Builder(), CancellationToken.None)).Tools[0].Description);
    }

    [Theory]
    [MemberData(nameof(BadReplies.Names), MemberType = typeof(BadReplies))]
    public async Task Refine_ModelThatSaysNothingUseful_LeavesToolsAndCountsThem(string kind)
    {
        var refined = await ToolRefiner.RefineAsync([Vague, Explicit], Brain.Always(BadReplies.Text(kind)).Builder(), CancellationToken.None);

        Assert.Equal([Vague, Explicit], refined.Tools);
        Assert.Equal("refine.no-answer", Assert.Single(refined.Refused).Reason);
    }

    [Fact]
    public async Task Refine_ManyTools_AreAskedForInBatches()
    {
        var tools = Enumerable.Range(0, 20).Select(i => Vague with { Name = $"send_{i:00}" }).ToList();
        var brain = Brain.Always("{\"tools\":[]}");

        var refined = await ToolRefiner.RefineAsync(tools, brain.Builder(), CancellationToken.None);

        Assert.Equal((3, 20), (brain.Questions.Count, refined.Refused.Count));
    }

    private static string Answer(Action<JsonObject> change)
    {
        var properties = JsonNode.Parse(Properties)!.AsObject();
        properties["parcel_id"]!["type"] = "string";
        properties["speed"]!["description"] = "How fast it goes.";
        var tool = new JsonObject
        {
            ["name"] = "send_it",
            ["description"] = "Sends a parcel to where it belongs and gives its tracking id.",
            ["parameters"] = new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray("parcel_id"), ["additionalProperties"] = false },
            ["returns"] = JsonNode.Parse("""{"type":"object","properties":{"tracking_id":{"type":"string"}},"required":["tracking_id"]}"""),
        };
        change(tool);
        return new JsonObject { ["tools"] = new JsonArray(tool) }.ToJsonString();
    }

    private static void Break(JsonObject parameters, string change)
    {
        var properties = parameters["properties"]!.AsObject();
        switch (change)
        {
            case "add":
                properties["weight"] = new JsonObject { ["type"] = "number" };
                break;
            case "drop":
                properties.Remove("order");
                break;
            case "type":
                properties["order"]!["type"] = "integer";
                break;
            case "enum":
                properties["speed"]!["enum"] = new JsonArray("slow");
                break;
            case "new-enum":
                properties["order"]!["enum"] = new JsonArray("up", "down");
                break;
            case "required":
                parameters["required"] = new JsonArray("parcel_id", "speed");
                break;
        }
    }
}
