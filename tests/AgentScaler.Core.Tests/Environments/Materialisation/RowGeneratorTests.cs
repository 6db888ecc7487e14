using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Core.Tests.Environments.Materialisation;

public sealed class RowGeneratorTests
{
    private static readonly EnvironmentSchema Schema = new(
    [
        new CollectionSpec("members", "member", "member_id", "name",
        [
            Field("member_id", """{"type":"integer"}""", true), Field("name", """{"type":"string","maxLength":12}""", true), Field("level", """{"type":"string","enum":["gold","silver"]}""", true),
            Field("age", """{"type":"integer","minimum":18,"maximum":21}""", true), Field("balance", """{"type":"number","minimum":0,"maximum":5}""", true),
            Field("email", """{"type":"string","format":"email"}""", true), Field("joined_on", """{"type":"string","format":"date"}""", true),
            Field("seen_at", """{"type":"string","format":"date-time"}""", true), Field("note", """{"type":"string","minLength":200}""", true),
            Field("tags", """{"type":"array","minItems":2,"items":{"type":"object","properties":{"kind":{"type":"string","enum":["a","b","c"]}},"required":["kind"]}}""", true),
        ]),
        new CollectionSpec("visits", "visit", "visit_id", null,
            [Field("visit_id", """{"type":"string"}""", true), Field("member_id", """{"type":"integer"}""", true) with { References = "members" }, Field("account_sid", """{"type":"string"}""", true)]),
    ]);

    [Fact]
    public void Generate_Rows_HoldTheirReferencesAndStayWithinTheSettings()
    {
        var rows = Generate(1);

        var members = rows.Where(row => row.Collection == "members").Select(row => row.Key).ToHashSet();
        Assert.InRange(members.Count, 12, 24);
        Assert.All(rows.Where(row => row.Collection == "visits"), row => Assert.Contains(row.Row.GetProperty("member_id").GetRawText(), members));
    }

    [Fact]
    public void Generate_EveryField_RespectsItsSchema()
    {
        foreach (var seed in Enumerable.Range(1, 5))
        {
            foreach (var collection in Schema.Collections)
            {
                foreach (var (row, field) in Generate(seed).Where(row => row.Collection == collection.Name).SelectMany(row => collection.Fields.Select(field => (row.Row, field))))
                {
                    Assert.Empty(JsonSchema.Compile(field.Type).Validate(row.GetProperty(field.Name)));
                }
            }
        }
    }

    [Fact]
    public void Generate_Labels_NameOneRow()
    {
        var names = Generate(1).Where(row => row.Collection == "members").Select(row => row.Row.GetProperty("name").GetString()).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public void Generate_IdsOfThingsOutside_AreSharedByRows() =>
        Assert.InRange(Generate(1).Where(row => row.Collection == "visits").Select(row => row.Row.GetProperty("account_sid").GetString()).Distinct().Count(), 2, 5);

    [Fact]
    public void Generate_SameSeed_GivesTheSameRowsAndAnotherOthers()
    {
        Assert.Equal(Text(Generate(1)), Text(Generate(1)));
        Assert.NotEqual(Text(Generate(1)), Text(Generate(2)));
    }

    [Fact]
    public void Value_StreamsDrawnInTurns_DoNotMix()
    {
        var field = new FieldSpec("contact_name", JsonElement.Parse("""{"type":"string"}"""));
        FieldValues Stream(int seed) => new(Seed.Root(seed), DateTimeOffset.UnixEpoch);
        var alone = Stream(1);
        var expected = Enumerable.Range(0, 8).Select(_ => alone.Value(field, "lead")!.ToJsonString()).ToList();

        var (one, two) = (Stream(1), Stream(2));
        var turns = Enumerable.Range(0, 8).Select(_ =>
        {
            two.Value(field, "lead");
            return one.Value(field, "lead")!.ToJsonString();
        }).ToList();

        Assert.Equal(expected, turns);
    }

    private static FieldSpec Field(string name, string type, bool required) => new(name, JsonElement.Parse(type), required);

    private static IReadOnlyList<RowData> Generate(int seed) => RowGenerator.Generate(Schema, new EnvironmentSettings(), Seed.Root(seed));

    private static string Text(IReadOnlyList<RowData> rows) => string.Join('\n', rows.Select(row => row.Key + CanonicalJson.Write(row.Row)));
}
