using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation.Values;

/// <summary>
/// What keys look like. A name names the row by its title (<c>clusterName</c>: <c>billing-main-cluster</c>), never by a person's; an id follows the document's
/// format, example or pattern, and is else a short code of its entity and a number (<c>sub_48213</c>).
/// </summary>
internal static partial class KeyForms
{
    /// <summary>The <c>format</c> that marks a key as a name where its own name does not say so.</summary>
    public const string Name = "name";

    private static readonly string[] Names = ["name", "slug", "handle", "login", "username", "nickname", "alias", "title", "label"];

    /// <summary>Whether keys of a name and schema are names of the thing itself.</summary>
    public static bool IsName(string name, JsonElement schema) => ResultReader.TypeOf(schema) is null or "string"
        && (FormatOf(schema) == Name || (Words.Tokens(name) is { Count: > 0 } tokens && Names.Contains(tokens[^1])));

    /// <summary>Whether a schema is of ids in the form of UUIDs: by its format, pattern, example or description.</summary>
    public static bool IsUuid(string name, JsonElement schema) => ResultReader.TypeOf(schema) is null or "string"
        && (FormatOf(schema) is "uuid" or "guid" || Words.Tokens(name) is [.., "uuid" or "guid"] || TextOf(schema, SpecTidier.HeededPattern).Contains("{8}-", StringComparison.Ordinal)
            || SchemaExamples.Of(schema).Any(value => value.ValueKind == JsonValueKind.String && Guid.TryParse(value.GetString(), out _))
            || (Words.Tokens(name) is [.., "id" or "identifier" or "key"] && SaysUuid().IsMatch(TextOf(schema, "description"))));

    /// <summary>A key for a row.</summary>
    /// <param name="entity">What the row is, snake_case.</param>
    /// <param name="about">What the row is about: its title, its person.</param>
    /// <param name="owners">Whom rows belong to, for the account and region within a key.</param>
    public static JsonNode Make(string name, JsonElement schema, string entity, Subject about, Owners owners, SeededRandom random)
    {
        if (ResultReader.TypeOf(schema) is "integer" or "number")
        {
            return JsonValue.Create(random.Between(1000, 999_999));
        }

        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("x-enum", out var listed) && listed.ValueKind == JsonValueKind.Array && listed.GetArrayLength() > 0)
        {
            return JsonNode.Parse(listed[random.Next(listed.GetArrayLength())].GetRawText())!;
        }

        var last = FieldValues.Unnumbered(Words.Tokens(name)) is { Count: > 0 } tokens ? tokens[^1] : "";
        var text = IsUuid(name, schema) ? Uuid(random)
            : last == "arn" || Examples(schema).Any(IsArn) ? Arn(schema, entity, about, owners)
            : last is "email" or "mail" ? about.Person([]).Email(about.Domain)
            : last is "domain" or "hostname" or "fqdn" ? about.Slug + ".example.com"
            : last is "path" or "file" or "filename" ? $"{about.Slug}.{random.Pick(["pdf", "csv", "png", "txt"])}"
            : IsName(name, schema) ? about.IsOfPerson || last is "login" or "username" or "nickname" ? about.Person([]).UserName : about.Slug
            : last == "code" ? ShortCode(entity, random)
            : Like(schema, random) ?? Code(entity, random);
        var most = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("x-maxLength", out var bound) && bound.TryGetInt32(out var length) ? length : int.MaxValue;
        var fitted = Fitted(text, schema, random);
        return JsonValue.Create(fitted.Length <= most ? fitted : Short(Code(entity, random), most, random));
    }

    /// <summary>A short code of an entity and a number: as the engine makes them for new rows.</summary>
    public static string Code(string entity, SeededRandom random) =>
        IsolateSetup.IdPrefix(entity) + random.Between(1000, 999_999).ToString(CultureInfo.InvariantCulture);

    /// <summary>A random UUID of version 4.</summary>
    public static string Uuid(SeededRandom random)
    {
        var hex = string.Concat(Enumerable.Range(0, 31).Select(_ => "0123456789abcdef"[random.Next(16)]));
        return $"{hex[..8]}-{hex[8..12]}-4{hex[12..15]}-{"89ab"[random.Next(4)]}{hex[15..18]}-{hex[18..30]}";
    }

    /// <summary>A code of at most some characters: of very few, letters alone.</summary>
    private static string Short(string code, int most, SeededRandom random) => code.Length <= most ? code
        : most > 4 ? code[^most..].TrimStart('_')
        : string.Concat(Enumerable.Range(0, Math.Max(1, most)).Select(_ => (char)('A' + random.Next(26))));

    private static string ShortCode(string entity, SeededRandom random)
    {
        var word = entity[(entity.LastIndexOf('_') + 1)..];
        return $"{word[..Math.Min(word.Length, 3)].ToUpperInvariant()}-{random.Between(1000, 9999).ToString(CultureInfo.InvariantCulture)}";
    }

    private static string Arn(JsonElement schema, string entity, Subject about, Owners owners)
    {
        var service = Examples(schema).Append(TextOf(schema, SpecTidier.HeededPattern)).Select(text => Service().Match(text)).FirstOrDefault(match => match.Success)?.Groups[1].Value ?? "service";
        return $"arn:aws:{service}:{owners.Region}:{owners.Account}:{entity.Replace('_', '-')}/{about.Slug}";
    }

    /// <summary>An id like the document's example: a digit for a digit and a letter for a letter in what looks drawn, words as they are.</summary>
    private static string? Like(JsonElement schema, SeededRandom random)
    {
        var examples = Examples(schema).Where(text => !text.Contains(' ', StringComparison.Ordinal) && text.Any(char.IsAsciiDigit)).ToList();
        return examples.Count == 0 ? null : Drawn().Replace(random.Pick(examples), match => string.Concat(match.Value.Select(c =>
            char.IsAsciiDigit(c) ? (char)('0' + random.Next(10)) : char.IsAsciiLetterUpper(c) ? (char)('A' + random.Next(26)) : (char)('a' + random.Next(26)))));
    }

    /// <summary>The key, or where it is not what a pattern asks for, a text that is.</summary>
    private static string Fitted(string text, JsonElement schema, SeededRandom random)
    {
        var pattern = TextOf(schema, SpecTidier.HeededPattern);
        return pattern.Length == 0 || HeededPattern.Matches(pattern, text) ? text
            : Enumerable.Range(0, 8).Select(_ => PatternText.Make(pattern, random)).OfType<string>().FirstOrDefault(made => made.Length > 3 && HeededPattern.Matches(pattern, made)) ?? text;
    }

    private static IEnumerable<string> Examples(JsonElement schema) =>
        SchemaExamples.Of(schema).Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!);

    private static bool IsArn(string text) => text.StartsWith("arn:", StringComparison.Ordinal);

    private static string FormatOf(JsonElement schema) => TextOf(schema, "format");

    private static string TextOf(JsonElement schema, string keyword) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(keyword, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";

    [GeneratedRegex(@"\b(uuid|guid)\b|azure subscription", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SaysUuid();

    [GeneratedRegex(@"^\^?arn:[^:]*:([a-z][a-z0-9-]+):", RegexOptions.CultureInvariant)]
    private static partial Regex Service();

    /// <summary>A run of letters and digits with a digit in it, or of digits alone.</summary>
    [GeneratedRegex(@"(?=[A-Za-z]*\d)[A-Za-z0-9]{5,}|\d{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Drawn();
}
