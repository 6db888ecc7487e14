using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Core.Tests.Environments.Materialisation.Values;

public sealed class CoherenceTests
{
    private static readonly EnvironmentSchema Schema = new(
    [
        new CollectionSpec("orders", "order", "order_id", "order_number",
        [
            Field("order_id", "string"), Field("order_number", "string"), Field("subtotal", "number"), Field("tax", "number"), Field("shipping_cost", "number"), Field("total", "number"),
            Field("min_delivery_days", "integer"), Field("max_delivery_days", "integer"), Field("review_count", "integer"), Field("valid_from", "string", "date"), Field("valid_to", "string", "date"),
            Field("opening_start_time", "string", "time"), Field("opening_end_time", "string", "time"),
            new FieldSpec("items", JsonElement.Parse("""
                {"type":"array","minItems":1,"items":{"type":"object","required":["quantity","unit_price","line_total"],
                 "properties":{"quantity":{"type":"integer"},"unit_price":{"type":"number"},"line_total":{"type":"number"}}}}
                """), true),
        ]),
        new CollectionSpec("reviews", "review", "review_id", null, [Field("review_id", "string"), Field("order_id", "string") with { References = "orders" }, Field("rating", "integer")]),
        new CollectionSpec("flights", "flight", "flight_id", null, [Field("flight_id", "string"), Field("seats_total", "integer"), Field("seats_available", "integer")]),
    ]);

    private static readonly IReadOnlyList<RowData> Rows =
        [.. Enumerable.Range(1, 10).SelectMany(seed => RowGenerator.Generate(Schema, new EnvironmentSettings(), Seed.Root(seed)).Select(row => row with { Collection = $"{seed}/{row.Collection}" }))];

    [Fact]
    public void Generate_Totals_AddUp() => Assert.All(Of("orders"), row =>
    {
        foreach (var item in row.GetProperty("items").EnumerateArray())
        {
            Assert.Equal(Number(item, "quantity") * Number(item, "unit_price"), Number(item, "line_total"), 2);
        }

        Assert.Equal(row.GetProperty("items").EnumerateArray().Sum(item => Number(item, "line_total")), Number(row, "subtotal"), 2);
        Assert.Equal(Number(row, "subtotal") + Number(row, "tax") + Number(row, "shipping_cost"), Number(row, "total"), 2);
    });

    [Fact]
    public void Generate_Ranges_AreInOrder() => Assert.All(Of("orders"), row =>
    {
        Assert.True(Number(row, "min_delivery_days") <= Number(row, "max_delivery_days"));
        Assert.True(string.CompareOrdinal(row.GetProperty("valid_from").GetString(), row.GetProperty("valid_to").GetString()) <= 0);
        Assert.True(string.CompareOrdinal(row.GetProperty("opening_start_time").GetString(), row.GetProperty("opening_end_time").GetString()) <= 0);
    });

    [Fact]
    public void Generate_Parts_AreWithinTheWhole() =>
        Assert.All(Of("flights"), row => Assert.InRange(Number(row, "seats_available"), 0, Number(row, "seats_total")));

    [Fact]
    public void Generate_Counts_AreThoseOfTheReferringRows()
    {
        var reviews = Rows.Where(row => row.Collection.EndsWith("reviews", StringComparison.Ordinal)).ToList();

        Assert.All(Rows.Where(row => row.Collection.EndsWith("orders", StringComparison.Ordinal)), row => Assert.Equal(
            reviews.Count(review => review.Collection.Split('/')[0] == row.Collection.Split('/')[0] && review.Row.GetProperty("order_id").GetString() == row.Key), Number(row.Row, "review_count")));
    }

    private static List<JsonElement> Of(string collection) => [.. Rows.Where(row => row.Collection.EndsWith(collection, StringComparison.Ordinal)).Select(row => row.Row)];

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();

    private static FieldSpec Field(string name, string type, string? format = null) =>
        new(name, JsonElement.Parse(format is null ? $$"""{"type":"{{type}}"}""" : $$"""{"type":"{{type}}","format":"{{format}}"}"""), true);
}
