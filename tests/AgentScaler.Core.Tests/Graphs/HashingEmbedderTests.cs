using AgentScaler.Graphs;
using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Graphs;

public sealed class HashingEmbedderTests
{
    private static readonly ToolSpec[] Crowd =
        [.. SmallApis.Load(isProviderKnown: true).Select(item => item.Tool)];

    [Fact]
    public void Embed_AnyTool_HasUnitLength()
    {
        var vectors = new HashingEmbedder().Embed(Crowd);

        Assert.Equal(Crowd.Length, vectors.Count);
        for (var i = 0; i < vectors.Count; i++)
        {
            Assert.Equal(1, CosineKernel.Dot(vectors.Row(i), vectors.Row(i)), 5);
        }
    }

    [Fact]
    public void Embed_IdAfterASegment_MeetsTheNamedId()
    {
        var byPath = TestTools.Tool("GET /invoices/{id} fetch_one(id)");
        var byName = TestTools.Tool("settle(invoice_id)");
        var otherPath = TestTools.Tool("GET /parcels/{id} fetch_two(id)");

        Assert.True(Similarity(byPath, byName) > 0.35);
        Assert.True(Similarity(byPath, otherPath) < 0.2);
    }

    [Fact]
    public void Embed_SharedGenericWords_MakeNoEdge() =>
        Assert.True(Similarity(
            TestTools.Tool("find_planets(name, status, limit, page)", provider: "sky"),
            TestTools.Tool("find_recipes(name, status, limit, page)", provider: "kitchen")) < 0.35);

    [Fact]
    public void Embed_SharedParameters_MakeAnEdge() =>
        Assert.True(Similarity(
            TestTools.Tool("plot(latitude, longitude, altitude)"), TestTools.Tool("forecast(latitude, longitude, altitude)")) > 0.5);

    [Fact]
    public void Embed_BoilerplateParameters_DoNotCount()
    {
        var left = TestTools.Tool("get_planet(planet_id, trace_token:boilerplate, tenant_region:boilerplate)");
        var right = TestTools.Tool("get_recipe(recipe_id, trace_token:boilerplate, tenant_region:boilerplate)");
        var plainLeft = TestTools.Tool("get_planet(planet_id)");
        var plainRight = TestTools.Tool("get_recipe(recipe_id)");

        Assert.Equal(Similarity(plainLeft, plainRight), Similarity(left, right), 9);
    }

    [Fact]
    public void Embed_WithoutParameters_GoesByNameAndDescription()
    {
        var left = TestTools.Tool("list_glaciers()", description: "Shows the glaciers of the alps with their thickness.");
        var right = TestTools.Tool("measure_ice()", description: "Measures the thickness of glaciers in the alps.");
        var other = TestTools.Tool("roll_dice()", description: "Rolls two dice for a board game.");

        Assert.True(Similarity(left, right) > 0.2);
        Assert.True(Similarity(left, right) > Similarity(left, other) + 0.2);
    }

    [Fact]
    public void Embed_OtherOrder_GivesEachToolTheSameVector()
    {
        var vectors = new HashingEmbedder().Embed(Crowd);
        var reversed = new HashingEmbedder().Embed([.. Crowd.Reverse()]);

        for (var i = 0; i < Crowd.Length; i++)
        {
            Assert.Equal(vectors.Row(i), reversed.Row(Crowd.Length - 1 - i));
        }
    }

    [Fact]
    public void Embed_NothingSaid_IsZeroNotAnError()
    {
        var vectors = new HashingEmbedder().Embed([]);

        Assert.Equal(0, vectors.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(8192)]
    public void HashingEmbedder_OtherDimensions_AreRefused(int dimensions) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new HashingEmbedder(dimensions));

    /// <summary>The similarity of two tools among the tools of eight unrelated APIs.</summary>
    private static double Similarity(ToolSpec left, ToolSpec right)
    {
        var vectors = new HashingEmbedder().Embed([.. Crowd, left, right]);
        return CosineKernel.Dot(vectors.Row(Crowd.Length), vectors.Row(Crowd.Length + 1));
    }
}
