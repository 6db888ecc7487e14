using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Materialisation.Values;
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

    [Theory]
    [InlineData("""{"start_date":"2025-07-01","end_date":"2025-07-01"}""", "2025-07-01", "2025-07-02")]
    [InlineData("""{"start_date":"2025-07-09","end_date":"2025-07-01"}""", "2025-07-01", "2025-07-09")]
    public void Apply_RangeThatIsEmptyOrBackwards_IsStrictlyOrdered(string row, string start, string end)
    {
        var values = JsonNode.Parse(row)!.AsObject();

        Coherence.Apply(values, _ => JsonElement.Parse("""{"type":"string"}"""));

        Assert.Equal((start, end), (values["start_date"]!.GetValue<string>(), values["end_date"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("1", "2", false)]
    [InlineData("2", "2", true)]
    [InlineData("\"2025-07-02\"", "\"2025-07-01\"", true)]
    [InlineData("\"ann@example.com\"", "\"ann@example.com\"", false)]
    [InlineData("""{"at":2}""", """{"at":1}""", false)]
    public void IsNoRange_OfTwoValues_IsWhereTheSecondLiesNotAboveTheFirst(string low, string high, bool expected) =>
        Assert.Equal(expected, Coherence.IsNoRange(JsonElement.Parse(low), JsonElement.Parse(high)));

    [Fact]
    public void Sample_ArgumentsOfARange_AreInOrderAmongThemselvesAndWithTheRow()
    {
        using var engine = new EnvironmentEngine(new EngineOptions(), Domains.Clock);
        var package = Domains.Package(engine, Domains.Of(
            Domains.Tool("create_stay", "POST", "/stays", """{"check_in_date":{"type":"string","format":"date"},"check_out_date":{"type":"string","format":"date"},"min_guests":{"type":"integer"},"max_guests":{"type":"integer"}}""",
                ["check_in_date", "check_out_date", "min_guests", "max_guests"], null),
            Domains.Tool("update_stay", "PATCH", "/stays/{stay_id}", """{"stay_id":{"type":"string"},"check_in_date":{"type":"string","format":"date"},"check_out_date":{"type":"string","format":"date"},"min_guests":{"type":"integer"}}""", ["stay_id"], null)));
        var session = engine.Open(LoadedEnvironment.Load(package), Seed.Root(1));
        foreach (var (tool, i) in package.Tools.SelectMany(tool => Enumerable.Range(0, 40).Select(i => (tool, i))))
        {
            var call = new CallSampler(package, Seed.Root(i)).Sample(tool, session)!.ToJson();
            var row = call.TryGetProperty("stay_id", out var key) ? session.Row("stays", key.GetString()!)!.Value : default;
            JsonElement At(string name) => call.TryGetProperty(name, out var given) ? given : row.GetProperty(name);
            var written = call.EnumerateObject().Count(argument => argument.Name != "stay_id");

            // A change of one value alone says that value; all others keep their sense.
            if (written > 1)
            {
                Assert.True(string.CompareOrdinal(At("check_in_date").GetString(), At("check_out_date").GetString()) < 0, call.GetRawText());
                Assert.True(At("min_guests").GetInt32() < At("max_guests").GetInt32(), call.GetRawText());
            }
        }
    }

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
