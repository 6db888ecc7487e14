using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation.Values;

/// <summary>
/// Whom the rows of an environment belong to where that has no rows of its own: a few subscriptions with a few resource groups each, a few projects, one or two
/// accounts. One name has the same values in every collection, below the same owner.
/// </summary>
/// <param name="seed">Where all of an environment's owners derive from.</param>
internal sealed class Owners(Seed seed, DateTimeOffset now)
{
    /// <summary>The keyword of a field that says where rows belong: its place in the path, 0 for the outermost.</summary>
    public const string Keyword = "x-owner";

    private const int Outermost = 3;

    private const int Inner = 2;

    private static readonly string[] Parts = ["core", "web", "data", "tools", "app", "platform", "hub", "lab", "ops", "dev", "prod", "shared"];

    private readonly Dictionary<(string Name, string Above), List<string>> pools = [];
    private readonly Dictionary<string, IReadOnlyList<string>> known = new(StringComparer.Ordinal);

    /// <summary>The depth at which a field says where rows belong; null if it says something else.</summary>
    public static int? DepthOf(JsonElement type) =>
        type.ValueKind == JsonValueKind.Object && type.TryGetProperty(Keyword, out var depth) && depth.TryGetInt32(out var value) ? value : null;

    /// <summary>One of the owners of a name.</summary>
    /// <param name="above">The owners above it, joined; empty for the outermost.</param>
    public string Pick(string name, JsonElement schema, string above, SeededRandom random) => random.Pick(Pool(name, schema, above));

    /// <summary>Says which values a name has, wherever it stands.</summary>
    public void Know(string name, IReadOnlyList<string> values) => known[string.Join('_', Words.Tokens(name))] = values;

    private IReadOnlyList<string> Pool(string name, JsonElement schema, string above)
    {
        var key = (string.Join('_', Words.Tokens(name)), above);
        if (known.TryGetValue(key.Item1, out var values))
        {
            return values;
        }

        if (!pools.TryGetValue(key, out var pool))
        {
            pools[key] = pool = Draw(name, schema, above, seed.Child(key.Item1).Child(above));
        }

        return pool;
    }

    /// <summary>The account of twelve digits whose resources these are.</summary>
    public string Account => Pool("account_number", default, "")[0];

    /// <summary>The region in which they are.</summary>
    public string Region => Pool("region", default, "")[0];

    /// <summary>A resource name in a form, with the owners that are known already.</summary>
    public string Fill(string form, IReadOnlyDictionary<string, string> known, SeededRandom random)
    {
        var above = "";
        return ResourceName.Fill(form, key =>
        {
            var value = known.TryGetValue(key, out var given) ? given : Pick(key, default, above, random);
            above += "/" + value;
            return value;
        });
    }

    private List<string> Draw(string name, JsonElement schema, string above, Seed source)
    {
        var random = source.Random();
        var values = new FieldValues(source.Child("values"), now);
        var pool = new List<string>();
        for (var attempt = 0; attempt < 40 && pool.Count < (above.Length == 0 ? Outermost : Inner); attempt++)
        {
            if (One(name, schema, values, random) is { Length: > 0 } value && !pool.Contains(value))
            {
                pool.Add(value);
            }
        }

        return pool;
    }

    private string One(string name, JsonElement schema, FieldValues values, SeededRandom random)
    {
        var tokens = FieldValues.Unnumbered(Words.Tokens(name) is { Count: > 0 } words ? words : ["owner"]);
        var last = tokens[^1];
        var entity = string.Join('_', tokens.Count > 1 ? tokens.SkipLast(1) : tokens);
        var about = values.NewSubject(entity);
        if ((ResourceName.FormOf(schema) ?? (last == "parent" ? "projects/{project}/locations/{location}" : null)) is { } form)
        {
            return Fill(form, new Dictionary<string, string>(), random);
        }

        if (FieldSchemas.EnumOf(schema) is { Count: > 0 } listed)
        {
            return random.Pick(listed);
        }

        if (name == "account_number" || (tokens.Contains("account") && last is "id" or "number" && Text(schema).Contains("AWS", StringComparison.Ordinal)))
        {
            return string.Concat(Enumerable.Range(0, 12).Select(i => (char)('0' + random.Between(i == 0 ? 1 : 0, 9))));
        }

        if (last is "location" or "region" || (last == "zone" && !tokens.Contains("hosted")))
        {
            return TextValues.Region(random) + (last == "zone" ? random.Pick(["a", "b", "c"]) : "");
        }

        if (last is "id" or "sid" or "uuid" or "guid" or "uid" or "key" or "arn" or "code" or "identifier" || KeyForms.IsUuid(name, schema) || ResultReader.TypeOf(schema) == "integer")
        {
            return KeyForms.Make(name, schema, entity, about, this, random).ToString();
        }

        if (Subject.IsPerson(last) || last is "login" or "username" or "handle")
        {
            return about.Person([]).UserName;
        }

        var type = schema.ValueKind == JsonValueKind.Object ? schema : JsonElement.Parse("""{"type":"string"}""");
        if (last is not ("name" or "slug" or "title" or "label" or "alias") && values.TryValue(name, type, entity, out var meant) && meant!.ToString() is { Length: < 40 } text && !Prose.IsTechnical(last))
        {
            return text.Contains(' ', StringComparison.Ordinal) ? string.Join('-', Words.Tokens(text)) : text;
        }

        return $"{Prose.Area(random)}-{random.Pick(Parts)}";
    }

    private static string Text(JsonElement schema) => schema.ValueKind == JsonValueKind.Object ? schema.GetRawText() : "";
}
