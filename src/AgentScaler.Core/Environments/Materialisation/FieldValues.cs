using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Determinism;
using AgentScaler.Environments.Materialisation.Values;
using AgentScaler.Environments.Materialisation.Values.Locales;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;
using Bogus;

namespace AgentScaler.Environments.Materialisation;

/// <summary>
/// Realistic values by a field's name and schema, the fields of one row about one subject. Everything is drawn from one seed: Bogus gets its
/// seed from here, and is asked for no dates, for its own defaults are ambient.
/// </summary>
public sealed class FieldValues
{
    /// <summary>Optional plain properties of a nested object that a caller would say.</summary>
    private const int SpokenProperties = 4;

    private const int MostItems = 50;

    private const int LongestText = 4096;

    private static readonly JsonElement AnyText = JsonElement.Parse("""{"type":"string"}""");

    private readonly SeededRandom random;
    private readonly ValueSource source;
    private readonly bool whole;
    private readonly NumberValues numbers;
    private readonly TextValues texts;
    private Locale? home;
    private Subject? subject;
    private IReadOnlyList<string> siblings = [];
    private int guesses;

    /// <summary>Starts a stream of values.</summary>
    /// <param name="now">The environment's frozen time; dates lie around it.</param>
    /// <param name="whole">Whether the optional nested parts of objects are filled in too: rows have them, few callers say them.</param>
    /// <param name="locales">Tags of the locales that rows are of; <c>en-US</c> without any.</param>
    /// <exception cref="ArgumentException">A locale is unknown.</exception>
    public FieldValues(Seed seed, DateTimeOffset now, bool whole = false, IReadOnlyList<string>? locales = null)
    {
        random = seed.Random();
        this.whole = whole;
        source = new ValueSource(random, new Randomizer(random.Next(int.MaxValue)), now, LocaleCatalogue.Of(locales));
        numbers = new NumberValues(random);
        texts = new TextValues(random, source.Drawn);
    }

    /// <summary>Turns to another subject: the values that follow are about another row.</summary>
    /// <param name="fields">The names of the row's fields, which tell a state of the country from a state of affairs.</param>
    public void NextRow(string entity, IEnumerable<string>? fields = null)
    {
        siblings = [.. fields ?? []];
        subject = NewSubject(entity);
        if (home is not null)
        {
            subject.Settle(home);
        }
    }

    /// <summary>Says of which row the rows that follow are another state: they are at home where it is, as far as it tells; null for none.</summary>
    public void Settle(JsonElement? row)
    {
        home = row is { } known ? LocaleCatalogue.Of(known, source.Locales) : null;
        if (home is not null)
        {
            subject?.Settle(home);
        }
    }

    /// <summary>Turns to a subject that is known already.</summary>
    internal void NextRow(Subject about, IEnumerable<string> fields)
    {
        siblings = [.. fields];
        subject = about;
    }

    /// <summary>What the present row is about.</summary>
    internal Subject Current => subject!;

    /// <summary>A subject of this stream.</summary>
    internal Subject NewSubject(string entity) => new(entity, source);

    /// <summary>A value for a field of an entity.</summary>
    public JsonNode? Value(FieldSpec field, string entity) => Value(field.Name, field.Type, entity);

    /// <summary>A value for a schema under a name, e.g. a parameter that is no field.</summary>
    public JsonNode? Value(string name, JsonElement schema, string entity)
    {
        if (subject?.Entity != entity)
        {
            NextRow(entity, siblings);
        }

        return Of(name, schema, subject!, siblings, FieldSchemas.Depth);
    }

    /// <summary>A value for a schema under a name, unless nothing tells what it could be: then whoever may leave it out had better do so.</summary>
    public bool TryValue(string name, JsonElement schema, string entity, out JsonNode? value)
    {
        var before = guesses;
        value = Value(name, schema, entity);
        return IsMeant(value, guesses - before);
    }

    private bool TryOf(string name, JsonElement schema, Subject about, IReadOnlyList<string> beside, int depth, out JsonNode? value)
    {
        var before = guesses;
        value = Of(name, schema, about, beside, depth);
        return IsMeant(value, guesses - before);
    }

    /// <summary>Whether a value says something: it is not empty, and not all of it was guessed.</summary>
    private static bool IsMeant(JsonNode? value, int guessed) => value switch
    {
        JsonObject parts => parts.Count > 0,
        JsonArray items => items.Count > guessed || items.Any(item => item is JsonObject { Count: > 0 }),
        JsonValue text when text.GetValueKind() == JsonValueKind.String => guessed == 0 && text.GetValue<string>().Length > 0,
        _ => true,
    };

    private JsonNode? Of(string name, JsonElement schema, Subject about, IReadOnlyList<string> beside, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            guesses++;
            return JsonValue.Create(Prose.Area(random));
        }

        if (schema.TryGetProperty("const", out var only))
        {
            return JsonNode.Parse(only.GetRawText());
        }

        if (schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array && values.GetArrayLength() > 0)
        {
            if (Own(TokensOf(name), values, about, beside) is { } own)
            {
                return JsonNode.Parse(own.GetRawText());
            }

            var meant = values.EnumerateArray().Where(IsMeant).ToList();
            return JsonNode.Parse((meant.Count > 0 ? random.Pick(meant) : values[random.Next(values.GetArrayLength())]).GetRawText());
        }

        if (!schema.TryGetProperty("type", out _) && Option(schema) is { } option)
        {
            return Of(name, option, about, beside, depth);
        }

        var tokens = TokensOf(name);
        return TypeOf(schema) switch
        {
            "integer" => JsonValue.Create(numbers.Whole(tokens, schema, about)),
            "number" => JsonValue.Create(numbers.Amount(tokens, schema, about)),
            "boolean" => JsonValue.Create(Flag(tokens)),
            "array" => Items(name, schema, about, beside, depth),
            "object" => Properties(name, schema, about, depth),
            "null" => null,
            _ => JsonValue.Create(Text(tokens, schema, about, beside)),
        };
    }

    private JsonArray Items(string name, JsonElement schema, Subject about, IReadOnlyList<string> beside, int depth)
    {
        var items = new JsonArray();
        var least = Count(schema, "minItems") ?? 0;
        if (depth == 0 || !schema.TryGetProperty("items", out var item))
        {
            return least == 0 ? items : new JsonArray([.. Enumerable.Range(0, least).Select(_ => JsonValue.Create(Prose.Area(random)))]);
        }

        var single = Words.Singular(string.Join('_', TokensOf(name)));
        var wanted = Math.Min(Math.Clamp(random.Between(1, 3), least, Math.Max(least, Count(schema, "maxItems") ?? MostItems)), MostItems);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 6 + (2 * wanted) && items.Count < wanted; i++)
        {
            var value = Of(single, item, TypeOf(item) == "object" ? new Subject(single, source, about) : new Subject(about.Entity, source, about), beside, depth - 1);
            if (value is not JsonObject { Count: 0 } && seen.Add(value?.ToJsonString() ?? "null"))
            {
                items.Add(value);
            }
        }

        while (items.Count < least)
        {
            items.Add(items.Count > 0 ? items[0]?.DeepClone() : new JsonObject());
        }

        return items;
    }

    private JsonObject Properties(string name, JsonElement schema, Subject about, int depth)
    {
        var value = new JsonObject();
        var required = schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array ? names.EnumerateArray().Select(n => n.GetString()!).ToList() : [];
        var properties = ResultReader.Properties(schema).ToList();
        var beside = properties.Select(property => property.Name).ToList();
        var inner = Inner(name, beside, about);
        var boxed = properties is [{ Name: "value", Value: var only }] && TypeOf(only) == "string";
        var spoken = 0;
        foreach (var property in properties)
        {
            var nested = TypeOf(property.Value) is "object" or "array";
            var isWanted = nested ? whole && depth > FieldSchemas.Depth - 2 : depth > 0 && (whole || spoken++ < SpokenProperties);
            if (required.Contains(property.Name))
            {
                value[property.Name] = Of(Within(name, property.Name, boxed), property.Value, inner, beside, depth - 1);
            }
            else if (isWanted && (whole || (!Plumbing.IsOutput(property.Name, property.Value) && !Plumbing.Is(property.Name, property.Value))) && TryOf(Within(name, property.Name, boxed), property.Value, inner, beside, depth - 1, out var known))
            {
                value[property.Name] = known;
            }
        }

        foreach (var missing in required.Where(missing => !value.ContainsKey(missing)))
        {
            value[missing] = Prose.Area(random);
        }

        if (properties.Count == 0 && IsOpen(schema) && TokensOf(name)[^1] is "labels" or "tags" or "metadata" or "annotations" or "attributes")
        {
            value["team"] = Prose.Area(random);
        }

        Coherence.Apply(value, property => properties.FirstOrDefault(known => known.Name == property).Value);
        return value;
    }

    /// <summary>What a nested property is called in full: the <c>code</c> of a <c>currency</c> is a currency code.</summary>
    private static string Within(string parent, string name, bool boxed) =>
        Words.Tokens(name) switch
        {
            // A text in a box of its own is what the box is called: the value of a description is a description.
            ["value"] when boxed => parent,
            ["code" or "symbol" or "value" or "amount" or "unit" or "number" or "iso" or "zone"] => parent + "_" + name,
            _ => name,
        };

    /// <summary>Whom or what a nested object is about: a person or a thing with a name of its own, or a part of the row.</summary>
    private Subject Inner(string name, List<string> properties, Subject about)
    {
        var tokens = TokensOf(name);
        var isPerson = tokens[^1] == "by" || properties.Any(property => TokensOf(property) is ["login" or "email" or "username"] or ["first" or "last" or "user", "name"]) || tokens.Any(word => Subject.IsPerson(word) && word is not ("billing" or "shipping"));
        return isPerson ? new Subject(Subject.IsPerson(tokens[^1]) ? tokens[^1] : "user", source, about)
            : properties.Any(property => TokensOf(property)[^1] is "name" or "title") && !about.Entity.EndsWith(tokens[^1], StringComparison.Ordinal) ? new Subject(string.Join('_', tokens), source, about)
            : about;
    }

    private bool Flag(IReadOnlyList<string> tokens)
    {
        var usual = tokens.Any(word => word is "deleted" or "archived" or "locked" or "disabled" or "blocked" or "suspended" or "hidden" or "expired" or "failed" or "error" or "default"
            or "test" or "debug" or "dry" or "banned" or "cancelled" or "canceled" or "deprecated" or "draft" or "spam" or "readonly" or "force" or "frozen" or "muted" or "overdue") ? false
            : tokens.Any(word => word is "active" or "enabled" or "available" or "verified" or "visible" or "valid" or "success" or "ok" or "confirmed" or "published" or "open") ? true
            : random.Chance(0.5);
        return random.Chance(0.9) ? usual : !usual;
    }

    private string Text(IReadOnlyList<string> tokens, JsonElement schema, Subject about, IReadOnlyList<string> beside)
    {
        var whose = IsAnother(tokens) ? new Subject(about.Entity, source, about) : about;
        var meant = texts.Of(Unnumbered(tokens), schema, whose, IsInAddress(beside));
        var pattern = PatternOf(schema);
        guesses += meant is null && pattern is null ? 1 : 0;
        var text = Fit(meant is null ? Prose.Area(random) : WantsAscii(schema) ? whose.Plain(meant) : meant, schema);
        if (pattern is null || HeededPattern.Matches(pattern, text))
        {
            return text;
        }

        var candidates = (meant is null ? [] : new[] { Fit(whose.Plain(meant), schema), Compact(meant) }).Concat(SchemaExamples.Of(schema).Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!))
            .Concat(Enumerable.Range(0, 12).Select(_ => PatternText.Make(pattern, random)).OfType<string>()).ToList();
        if ((candidates.FirstOrDefault(candidate => HeededPattern.Matches(pattern, candidate) && candidate == Fit(candidate, schema))
            ?? candidates.FirstOrDefault(candidate => HeededPattern.Matches(pattern, candidate))) is { } fitting)
        {
            return fitting;
        }

        // Nothing is found that matches: whoever may leave the value out had better do so.
        guesses++;
        return candidates.FirstOrDefault() ?? text;
    }

    /// <summary>The listed value that the subject has: its own currency, country, language, time zone; null if it is none of these, or not listed.</summary>
    private JsonElement? Own(IReadOnlyList<string> tokens, JsonElement values, Subject about, IReadOnlyList<string> beside)
    {
        var what = tokens[^1] == "code" ? tokens.SkipLast(1).ToList() : [.. tokens];
        if (what is not [.., "currency" or "country" or "language" or "lang" or "locale" or "timezone" or "nationality"])
        {
            return null;
        }

        var own = texts.Of(what, AnyText, about, IsInAddress(beside));
        var code = texts.Of([.. what, "code"], AnyText, about, IsInAddress(beside));
        return values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String)
            .Where(value => value.GetString()!.Equals(own, StringComparison.OrdinalIgnoreCase) || value.GetString()!.Equals(code, StringComparison.OrdinalIgnoreCase))
            .Select(value => (JsonElement?)value).FirstOrDefault();
    }

    private static bool IsInAddress(IReadOnlyList<string> beside) =>
        beside.Any(name => TokensOf(name)[^1] is "city" or "zip" or "zipcode" or "postcode" or "street" or "postal" or "locality");

    /// <summary>Whether a schema says that it takes ASCII only.</summary>
    private static bool WantsAscii(JsonElement schema) =>
        schema.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String && text.GetString()!.Contains("ASCII", StringComparison.Ordinal);

    /// <summary>A text without the signs that only help to read it: a telephone number, the code of something.</summary>
    private static string Compact(string text) => string.Concat(text.Where(c => c is not ('-' or ' ' or '.' or '/')));

    /// <summary>Whether a name is that of a second or third thing of a kind.</summary>
    private static bool IsAnother(IReadOnlyList<string> tokens) => Unnumbered(tokens).Count < tokens.Count && tokens[^1] is not ("0" or "1");

    /// <summary>The words of a name without the number that tells it from another: <c>location_2</c> is a location. Lines of an address and hashes keep theirs.</summary>
    internal static IReadOnlyList<string> Unnumbered(IReadOnlyList<string> tokens) =>
        tokens.Count > 1 && tokens[^1].All(char.IsAsciiDigit) && tokens[^2] is not ("address" or "line" or "sha") ? [.. tokens.SkipLast(1)] : tokens;

    /// <summary>The pattern a text must match: one that is enforced, or the vendor's own that is only heeded.</summary>
    private static string? PatternOf(JsonElement schema) =>
        schema.TryGetProperty("pattern", out var pattern) || schema.TryGetProperty(SpecTidier.HeededPattern, out pattern) ? pattern.ValueKind == JsonValueKind.String ? pattern.GetString() : null : null;

    /// <summary>Cuts or lengthens a text to what its schema allows.</summary>
    private string Fit(string text, JsonElement schema)
    {
        var least = Math.Min(Count(schema, "minLength") ?? 0, LongestText);
        var most = Math.Max(least, Count(schema, "maxLength") ?? int.MaxValue);
        while (text.Length < least)
        {
            text = text.Contains(' ', StringComparison.Ordinal) ? $"{text} {Prose.Remark(random)}" : text + random.Between(10, 99).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (text.Length <= most)
        {
            return text;
        }

        var words = text.LastIndexOf(' ', most);
        var cut = text[..(words >= Math.Max(least, most / 2) ? words : most)].TrimEnd(' ', ',', '-');
        return cut.Length >= least ? cut : cut.PadRight(least, 'e');
    }

    /// <summary>Whether a listed value stands for something: not for "none given".</summary>
    private static bool IsMeant(JsonElement value) => value.ValueKind != JsonValueKind.Null && (value.ValueKind != JsonValueKind.String
        || value.GetString() is { Length: > 0 } text && !text.EndsWith("UNSPECIFIED", StringComparison.OrdinalIgnoreCase) && !text.Equals("unknown", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether an object takes properties of any name, with texts as values.</summary>
    private static bool IsOpen(JsonElement schema) => !schema.TryGetProperty("additionalProperties", out var rest) || rest.ValueKind == JsonValueKind.True
        || (rest.ValueKind == JsonValueKind.Object && TypeOf(rest) is null or "string" && FieldSchemas.EnumOf(rest).Count == 0 && rest.EnumerateObject().All(keyword => keyword.Name is "type" or "description"));

    private static JsonElement? Option(JsonElement schema) =>
        (schema.TryGetProperty("anyOf", out var options) || schema.TryGetProperty("oneOf", out options)) && options.ValueKind == JsonValueKind.Array
            ? options.EnumerateArray().Cast<JsonElement?>().FirstOrDefault(option => TypeOf(option!.Value) != "null")
            : null;

    private static string? TypeOf(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var types) && types.ValueKind == JsonValueKind.Array
            ? types.EnumerateArray().Select(type => type.GetString()).FirstOrDefault(type => type != "null")
            : ResultReader.TypeOf(schema);

    private static IReadOnlyList<string> TokensOf(string name) => Words.Tokens(name) is { Count: > 0 } tokens ? tokens : ["value"];

    private static int? Count(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? (int)Math.Clamp(number, 0, 1e9) : null;
}
