using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Materialisation.Values.Locales;
using AgentScaler.Json;

namespace AgentScaler.Core.Tests.Environments.Materialisation.Values;

public sealed class FieldValuesTests
{
    private static readonly DateTimeOffset Now = new EnvironmentSettings().Now;

    private static readonly string[] Names =
    [
        "name", "email", "phone", "city", "zip_code", "country", "currency", "status", "createdAt", "expiration_time", "unit_price", "quantity", "total", "id", "version", "url", "description",
        "isActive", "count", "rating", "latitude", "longitude", "tags", "items", "address", "ipAddress", "sha256", "file_name", "color", "startTime", "end_date", "x", "1", "$filter", "Größe", "sizeGb",
        "created_by", "locale", "timezone", "sku", "order_number", "company_name", "username", "birthday", "progress", "duration", "iban", "mimeType",
    ];

    private static readonly string[] Patterns =
        ["^[A-Z]{3}-\\d{4}$", "^(red|green|blue)$", "[a-z]([-a-z0-9]*[a-z0-9])?", "^\\+?[1-9]\\d{1,14}$", "^[0-9a-f]{8}$", "^v\\d+\\.\\d+(?:\\.\\d+)?$", "^[^@\\s]+@[^@\\s]+\\.com$", "^arn:aws:iam::\\d{12}:role/[A-Za-z_]+$"];

    private static readonly string[] Formats = ["date", "date-time", "email", "uri", "uuid", "ipv4", "ipv6", "time", "int64", "duration", "byte", "hostname", "whatever"];

    [Fact]
    public void Value_AThousandRandomSchemas_IsValid()
    {
        var random = Seed.Root(5).Random();
        var values = new FieldValues(Seed.Root(6), Now, whole: true, [.. LocaleCatalogue.All.Select(locale => locale.Tag)]);
        for (var i = 0; i < 1000; i++)
        {
            var schema = JsonSerializer.SerializeToElement(Schema(random, 3));
            var name = random.Pick(Names);
            values.NextRow(random.Pick(["customer", "order", "disk", "blog_post", "thing"]));

            var value = values.Value(name, schema, "order");

            Assert.True(JsonSchema.Compile(schema).Validate(JsonSerializer.SerializeToElement(value)).Count == 0, $"{name} {schema} gave {value?.ToJsonString() ?? "null"}");
        }
    }

    [Fact]
    public void Value_PersonFieldsOfOneRow_AgreeAndDifferFromTheNextRow()
    {
        var values = new FieldValues(Seed.Root(1), Now);
        var seen = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            values.NextRow("customer");
            var (first, last) = (Text(values, "first_name", "customer"), Text(values, "last_name", "customer"));

            Assert.Equal($"{first} {last}", Text(values, "name", "customer"));
            Assert.StartsWith(string.Concat($"{first}.{last}@".Where(c => c != '\'')), Text(values, "email", "customer"), StringComparison.OrdinalIgnoreCase);
            Assert.NotEqual($"{first} {last}", Text(values, "assignee_name", "customer"));
            seen.Add($"{first} {last}");
        }

        Assert.True(seen.Count > 17, $"{seen.Count} names");
    }

    [Fact]
    public void Value_AddressOfOneRow_IsOfOnePlace()
    {
        var values = new FieldValues(Seed.Root(2), Now, locales: new EnvironmentSettings().Locales);
        var seen = new Dictionary<string, string>();
        for (var i = 0; i < 100; i++)
        {
            values.NextRow("branch", ["city", "country", "state"]);
            var place = string.Join('|', new[] { "state", "country", "country_code", "currency", "timezone" }.Select(name => Text(values, name, "branch")));
            var city = Text(values, "city", "branch");

            Assert.Equal(place, seen.TryAdd(city, place) ? place : seen[city]);
        }

        Assert.True(seen.Count > 15, $"{seen.Count} cities");
    }

    [Fact]
    public void Value_MomentsOfOneRow_AreInOrder()
    {
        var values = new FieldValues(Seed.Root(3), Now);
        foreach (var entity in new[] { "job", "booking", "invoice" }.SelectMany(entity => Enumerable.Repeat(entity, 50)))
        {
            values.NextRow(entity);
            DateTimeOffset At(string name) => DateTimeOffset.Parse(Text(values, name, entity, """{"type":"string","format":"date-time"}"""), CultureInfo.InvariantCulture);
            var (created, updated) = (At("createdAt"), At("updated_at"));

            Assert.True(created <= updated && updated <= Now, $"{created} {updated}");
            Assert.True(At("startTime") < At("end_time"));
            Assert.True(created < At("due_date") && updated < At("expires_at"));
            var epoch = values.Value("createdAt", JsonElement.Parse("""{"type":"integer"}"""), entity)!.GetValue<long>();
            Assert.Equal(created.ToUnixTimeSeconds(), epoch);
        }
    }

    [Theory]
    [InlineData("name", "disk", "^[a-z]+-[a-z]+-disk$")]
    [InlineData("file_name", "report", "^[a-z0-9-]+\\.[a-z]+$")]
    [InlineData("zone", "instance", "^[a-z]+-[a-z]+-\\d[abc]$")]
    [InlineData("sha256", "artifact", "^[0-9a-f]{64}$")]
    [InlineData("order_number", "order", "^ORD-\\d{5}$")]
    [InlineData("client_ip", "session", "^203\\.0\\.113\\.\\d+$")]
    public void Value_Name_HasTheShapeOfItsMeaning(string name, string entity, string shape) =>
        Assert.Matches(shape, Text(new FieldValues(Seed.Root(4), Now), name, entity));

    [Fact]
    public void Value_FieldOfUnknownMeaning_FollowsTheExample()
    {
        var values = new FieldValues(Seed.Root(4), Now);

        Assert.Matches("^projects/\\d{4}/topics/a$", Text(values, "resource", "thing", """{"type":"string","example":"projects/4711/topics/a"}"""));
    }

    [Theory]
    [InlineData("""{"type":"string","description":"The scope, for example `read:all`."}""")]
    [InlineData("""{"type":"string","description":"The scope (e.g. \"read:all\")."}""")]
    public void Value_FieldOfUnknownMeaning_FollowsTheExampleInTheDescription(string schema) =>
        Assert.Equal("read:all", Text(new FieldValues(Seed.Root(4), Now), "scope", "thing", schema));

    [Theory]
    [InlineData("realm", """{"type":"string"}""", false)]
    [InlineData("realms", """{"type":"array","items":{"type":"string"}}""", false)]
    [InlineData("settings", """{"type":"object"}""", false)]
    [InlineData("realm", """{"type":"string","enum":["north","south"]}""", true)]
    [InlineData("city", """{"type":"string"}""", true)]
    [InlineData("labels", """{"type":"object"}""", true)]
    [InlineData("location_2", """{"type":"string"}""", true)]
    public void TryValue_OfAName_TellsWhetherTheValueIsMoreThanAGuess(string name, string schema, bool meant) =>
        Assert.Equal(meant, new FieldValues(Seed.Root(4), Now).TryValue(name, JsonElement.Parse(schema), "thing", out _));

    [Fact]
    public void Value_SameSeed_GivesTheSameBytes()
    {
        string Row()
        {
            var values = new FieldValues(Seed.Root(9), Now, whole: true);
            values.NextRow("order");
            return string.Join('\n', Names.Select(name => Text(values, name, "order")));
        }

        Assert.Equal(Row(), Row());
    }

    private static string Text(FieldValues values, string name, string entity, string schema = """{"type":"string"}""") =>
        values.Value(name, JsonElement.Parse(schema), entity)!.GetValue<string>();

    private static JsonObject Schema(SeededRandom random, int depth)
    {
        var schema = new JsonObject();
        switch (random.Next(depth > 0 ? 8 : 5))
        {
            case 0:
                schema["type"] = "integer";
                Bounds(random, schema);
                break;
            case 1:
                schema["type"] = "number";
                Bounds(random, schema);
                break;
            case 2:
                schema["type"] = random.Chance(0.5) ? "boolean" : new JsonArray("null", "string");
                break;
            case 3:
                schema["type"] = "string";
                schema["enum"] = new JsonArray("one", "two", "STATUS_UNSPECIFIED");
                break;
            case 4:
                schema["type"] = "string";
                if (random.Chance(0.4))
                {
                    schema["pattern"] = random.Pick(Patterns);
                }
                else if (random.Chance(0.5))
                {
                    schema["format"] = random.Pick(Formats);
                    schema["example"] = "an example 1234";
                }
                else
                {
                    schema["minLength"] = random.Next(60);
                    schema["maxLength"] = schema["minLength"]!.GetValue<int>() + random.Next(10);
                }

                break;
            case 5:
                schema["type"] = "array";
                schema["items"] = Schema(random, depth - 1);
                schema["minItems"] = random.Next(4);
                schema["maxItems"] = schema["minItems"]!.GetValue<int>() + random.Next(3);
                break;
            case 6:
                schema["anyOf"] = new JsonArray(Schema(random, depth - 1), Schema(random, depth - 1));
                break;
            default:
                schema["type"] = "object";
                var names = random.Shuffle(Names).Take(random.Between(1, 6)).ToList();
                schema["properties"] = new JsonObject(names.Select(name => KeyValuePair.Create(name, (JsonNode?)Schema(random, depth - 1))));
                schema["required"] = new JsonArray([.. names.Where(_ => random.Chance(0.5)).Select(name => JsonValue.Create(name))]);
                break;
        }

        return schema;
    }

    private static void Bounds(SeededRandom random, JsonObject schema)
    {
        var low = random.Between(-1000, 100_000);
        if (random.Chance(0.5))
        {
            schema[random.Chance(0.7) ? "minimum" : "exclusiveMinimum"] = low;
        }

        if (random.Chance(0.5))
        {
            schema[random.Chance(0.7) ? "maximum" : "exclusiveMaximum"] = low + random.Between(3, 1000);
        }
    }
}
