using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Determinism;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;
using Bogus;

namespace AgentScaler.Environments.Materialisation;

/// <summary>
/// Realistic values by a field's name and schema. Everything is drawn from one seed: Bogus gets its seed from here, and is asked for no
/// dates, for its own defaults are ambient.
/// </summary>
public sealed class FieldValues
{
    private static readonly string[] People =
    [
        "member", "patient", "guest", "customer", "user", "employee", "agent", "doctor", "driver", "student", "teacher", "instructor", "contact", "person",
        "attendee", "technician", "trainer", "owner", "author", "client", "participant", "reader", "staff", "host", "player", "recipient", "borrower", "lender", "practitioner", "candidate", "applicant", "passenger", "holder", "requester", "coach",
    ];

    /// <summary>Milliseconds to make, so one a thread serves all streams; each stream brings its own randomness to every draw.</summary>
    [ThreadStatic]
    private static Faker? shared;

    private readonly SeededRandom random;
    private readonly Randomizer drawn;
    private readonly DateTimeOffset now;
    private Faker faker = null!;

    /// <summary>Starts a stream of values.</summary>
    /// <param name="now">The environment's frozen time; dates lie around it.</param>
    public FieldValues(Seed seed, DateTimeOffset now)
    {
        random = seed.Random();
        this.now = now;
        drawn = new Randomizer(random.Next(int.MaxValue));
    }

    /// <summary>A value for a field of an entity.</summary>
    public JsonNode? Value(FieldSpec field, string entity) => Value(field.Name, field.Type, entity);

    /// <summary>A value for a schema under a name, e.g. a parameter that is no field.</summary>
    public JsonNode? Value(string name, JsonElement schema, string entity)
    {
        faker = shared ??= new Faker("en");
        faker.Random = drawn;
        return Of(name, schema, entity, FieldSchemas.Depth);
    }

    private JsonNode? Of(string name, JsonElement schema, string entity, int depth)
    {
        if (schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array && values.GetArrayLength() > 0)
        {
            return JsonNode.Parse(values[random.Next(values.GetArrayLength())].GetRawText());
        }

        return ResultReader.TypeOf(schema) switch
        {
            "integer" => JsonValue.Create(Whole(name, schema)),
            "number" => JsonValue.Create(Amount(name, schema)),
            "boolean" => JsonValue.Create(random.Chance(0.6)),
            "array" => Items(name, schema, entity, depth),
            "object" => Properties(schema, entity, depth),
            _ => JsonValue.Create(Fit(Text(name, schema, entity), schema)),
        };
    }

    private JsonArray Items(string name, JsonElement schema, string entity, int depth)
    {
        var items = new JsonArray();
        if (depth == 0 || !schema.TryGetProperty("items", out var item))
        {
            return items;
        }

        var least = Bound(schema, "minItems") ?? 1;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 8 && items.Count < Math.Max(least, random.Between(1, 3)); i++)
        {
            var value = Of(Words.Singular(name), item, entity, depth - 1);
            if (seen.Add(value?.ToJsonString() ?? "null"))
            {
                items.Add(value);
            }
        }

        return items;
    }

    private JsonObject Properties(JsonElement schema, string entity, int depth)
    {
        var value = new JsonObject();
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()).ToList() : [];
        foreach (var property in ResultReader.Properties(schema))
        {
            if (required.Contains(property.Name) || (depth > 0 && ResultReader.TypeOf(property.Value) is not ("object" or "array")))
            {
                value[property.Name] = Of(property.Name, property.Value, entity, depth - 1);
            }
        }

        return value;
    }

    private long Whole(string name, JsonElement schema)
    {
        var tokens = Words.Tokens(name);
        var (low, high) = tokens[^1] switch
        {
            "year" => (1985, 2025),
            "age" => (18, 80),
            "rating" or "stars" or "score" => (1, 5),
            "floor" or "level" or "priority" => (1, 9),
            "quantity" or "count" or "qty" or "guests" or "seats" or "copies" or "participants" or "nights" => (1, 12),
            "minutes" or "duration" => (15, 120),
            "capacity" or "stock" or "size" => (4, 200),
            "mileage" or "odometer" => (1000, 180000),
            "percent" or "percentage" or "discount" => (5, 60),
            "price" or "amount" or "total" or "cost" or "cents" => (5, 900),
            _ => (1, 500),
        };
        var least = Bound(schema, "minimum") ?? Math.Min(low, Bound(schema, "maximum") ?? low);
        var most = Bound(schema, "maximum") ?? Math.Max(high, least + 20);
        low = (int)Math.Clamp(low, least, Math.Min(most, int.MaxValue - 1));
        high = (int)Math.Clamp(high, low, Math.Min(most, int.MaxValue - 1));
        return random.Between(low, high);
    }

    private double Amount(string name, JsonElement schema)
    {
        var tokens = Words.Tokens(name);
        var (low, high) = tokens[^1] switch
        {
            "latitude" or "lat" => (-60.0, 60.0),
            "longitude" or "lng" or "lon" => (-120.0, 120.0),
            "rating" or "score" => (1.0, 5.0),
            "rate" or "percent" or "percentage" or "ratio" => (0.0, 30.0),
            "weight" => (0.2, 40.0),
            _ => (5.0, 500.0),
        };
        low = Math.Max(low, Number(schema, "minimum") ?? low);
        high = Math.Min(Math.Max(high, low), Number(schema, "maximum") ?? double.MaxValue);
        return Math.Round(low + (random.NextDouble() * Math.Max(0, high - low)), 2);
    }

    private string Text(string name, JsonElement schema, string entity)
    {
        var tokens = Words.Tokens(name);
        var format = schema.TryGetProperty("format", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        switch (format)
        {
            case "date":
                return Day(tokens).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            case "date-time":
                return Moment(tokens);
            case "time":
                return $"{random.Between(8, 18):00}:{random.Next(4) * 15:00}:00";
            case "email":
                return Email();
            case "uri" or "url":
                return "https://" + faker.Internet.DomainName() + "/" + faker.Lorem.Word();
            case "uuid":
                return faker.Random.Guid().ToString();
            case "ipv4":
                return faker.Internet.Ip();
        }

        return Meaning(tokens, entity);
    }

    private string Meaning(IReadOnlyList<string> tokens, string entity)
    {
        var all = string.Join('_', tokens);
        var noun = tokens.Count > 1 ? tokens[^2] : entity[(entity.LastIndexOf('_') + 1)..];
        return tokens[^1] switch
        {
            "email" or "mail" => Email(),
            "phone" or "mobile" or "telephone" or "fax" => faker.Phone.PhoneNumber("+1-###-555-01##"),
            "isbn" => faker.Random.ReplaceNumbers("978-#-####-####-#"),
            "street" or "address" or "line1" or "address1" => faker.Address.StreetAddress(),
            "city" or "town" or "destination" or "origin" => faker.Address.City(),
            "country" => faker.Address.Country(),
            "status" or "state" when tokens.Count > 1 || tokens[0] == "status" => random.Pick(["active", "pending", "closed"]),
            "state" or "region" or "province" => faker.Address.State(),
            "type" or "kind" or "tier" => random.Pick(["basic", "standard", "premium"]),
            "at" => Moment(tokens),
            "timezone" or "zone" => random.Pick(["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Sydney"]),
            "extension" => random.Pick(["pdf", "docx", "png", "csv"]),
            "channel" => random.Pick(["email", "sms", "phone", "chat"]),
            "version" => $"{random.Between(1, 9)}.{random.Between(0, 20)}",
            "domain" or "host" or "hostname" => faker.Internet.DomainName(),
            "ip" => faker.Internet.Ip(),
            "digest" or "hash" or "checksum" or "etag" or "signature" => faker.Random.Hexadecimal(16, ""),
            "1" when all is "sha_1" => faker.Random.Hexadecimal(40, ""),
            "number" when noun is "phone" or "mobile" or "telephone" or "fax" or "contact" => faker.Phone.PhoneNumber("+1-###-555-01##"),
            "zip" or "zipcode" or "postcode" => faker.Address.ZipCode("#####"),
            "url" or "website" or "link" or "uri" => "https://" + faker.Internet.DomainName() + "/",
            "company" or "organization" or "organisation" or "vendor" or "supplier" or "manufacturer" or "publisher" or "brand" => faker.Company.CompanyName(),
            "currency" => random.Pick(["USD", "EUR", "GBP", "CHF", "JPY"]),
            "language" or "locale" => random.Pick(["en", "de", "fr", "es", "it"]),
            "color" or "colour" => random.Pick(["black", "white", "silver", "blue", "red", "green"]),
            "genre" => random.Pick(["mystery", "history", "science fiction", "poetry", "biography", "travel"]),
            "specialty" or "speciality" or "specialization" => random.Pick(["cardiology", "dermatology", "pediatrics", "neurology", "orthopedics"]),
            "department" or "team" or "category" or "topic" or "section" => random.Pick(["operations", "support", "finance", "research", "outreach", "training"]),
            "username" or "login" or "handle" => faker.Internet.UserName().ToLowerInvariant(),
            "plate" => faker.Random.Replace("??-####"),
            "vin" => faker.Random.Replace("??####?#?########").ToUpperInvariant(),
            "sku" or "barcode" or "code" or "reference" => faker.Random.Replace("???-####").ToUpperInvariant(),
            "number" => faker.Random.Replace("?-####").ToUpperInvariant(),
            "id" or "sid" or "key" or "token" => faker.Random.Replace("??######").ToLowerInvariant(),
            "time" => $"{random.Between(8, 18):00}:{random.Next(4) * 15:00}",
            "date" => Day(tokens).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "first" or "firstname" => faker.Name.FirstName(),
            "last" or "lastname" or "surname" => faker.Name.LastName(),
            "name" when all is "first_name" or "given_name" => faker.Name.FirstName(),
            "name" when all is "last_name" or "family_name" => faker.Name.LastName(),
            "name" when all is "company_name" or "vendor_name" or "supplier_name" => faker.Company.CompanyName(),
            "name" when People.Contains(noun) || People.Contains(entity[(entity.LastIndexOf('_') + 1)..]) || noun == "full" => faker.Name.FullName(),
            "name" when noun is "city" => faker.Address.City(),
            "name" => Title(),
            "title" or "subject" or "headline" or "label" => Title(),
            var last when People.Contains(last) || last is "by" => faker.Name.FullName(),
            "description" or "notes" or "note" or "comment" or "comments" or "reason" or "message" or "summary" or "details" or "body" or "text" or "content"
                => Sentence(),
            _ => Title(),
        };
    }

    private string Moment(IReadOnlyList<string> tokens) =>
        Day(tokens).AddMinutes(random.Next(40) * 15).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private string Email() => $"{faker.Name.FirstName()}.{faker.Name.LastName()}{random.Next(90) + 10}@example.com".Replace("'", "", StringComparison.Ordinal).ToLowerInvariant();

    private string Title() => Capital(random.Chance(0.5)
        ? $"{faker.Commerce.ProductAdjective()} {faker.Commerce.ProductMaterial()} {faker.Random.Word().Split(' ', '-')[0]}"
        : $"{faker.Address.City()} {faker.Commerce.Color()} {faker.Commerce.Department(1, false)}");

    private string Sentence() => Capital($"{faker.Hacker.Verb()} the {faker.Hacker.Adjective()} {faker.Commerce.ProductMaterial().ToLowerInvariant()} {faker.Commerce.Product().ToLowerInvariant()} by {faker.Name.LastName()}");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A day around now: what has begun lies behind, what ends or falls due lies ahead.</summary>
    private DateTimeOffset Day(IReadOnlyList<string> tokens)
    {
        var midnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        foreach (var token in tokens)
        {
            switch (token)
            {
                case "birth" or "dob" or "birthday":
                    return midnight.AddDays(-random.Between(7000, 26000));
                case "created" or "updated" or "opened" or "joined" or "registered" or "loaned" or "borrowed" or "issued" or "published" or "placed" or "since" or "last"
                    or "modified" or "changed" or "assigned" or "applied" or "acknowledged" or "completed" or "restored" or "trashed" or "deleted"
                    or "purged" or "uploaded" or "responded" or "accepted" or "started" or "submitted" or "added" or "enabled" or "interacted":
                    return midnight.AddDays(-random.Between(5, 400));
                case "end" or "due" or "until" or "expires" or "expiry" or "expiration" or "to" or "out" or "deadline" or "departure":
                    return midnight.AddDays(random.Between(21, 60));
            }
        }

        return midnight.AddDays(random.Between(1, 20)).AddHours(9);
    }

    /// <summary>Cuts or pads a text to the lengths its schema allows.</summary>
    private static string Fit(string text, JsonElement schema)
    {
        if (Bound(schema, "maxLength") is { } most && text.Length > most)
        {
            text = text[..(int)Math.Max(most, 0)].TrimEnd();
        }

        return Bound(schema, "minLength") is { } least && text.Length < least ? text.PadRight((int)Math.Min(least, 4096), 'x') : text;
    }

    private static long? Bound(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
            ? (long)Math.Clamp(number, -1e15, 1e15)
            : null;

    private static double? Number(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
