using System.Text.Json;
using System.Text.RegularExpressions;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation.Values;

/// <summary>
/// Names that are paths of collections and keys (<c>projects/acme/locations/eu-west-1</c>), as Google's APIs have them: a document gives their form in a
/// description (<c>projects/{project}/locations/{location}</c>, <c>projects/*/locations/*</c>, <c>projects/PROJECT_ID</c>) or a pattern
/// (<c>^projects/[^/]+/locations/[^/]+$</c>).
/// </summary>
internal static partial class ResourceName
{
    /// <summary>The keyword that keeps the form in a field's schema.</summary>
    public const string Keyword = "x-resource-name";

    /// <summary>The form that a schema gives, its keys as names in braces; null if it gives none.</summary>
    public static string? FormOf(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || ResultReader.TypeOf(schema) is not (null or "string"))
        {
            return null;
        }

        if (Text(schema, Keyword) is { Length: > 0 } kept)
        {
            return kept;
        }

        var pattern = Text(schema, SpecTidier.HeededPattern) is { Length: > 0 } heeded ? heeded : Text(schema, "pattern");
        var plain = pattern.Trim('^', '$').Replace("[^/]+", "*", StringComparison.Ordinal);
        return Whole().IsMatch(plain) ? Named(plain) : Form().Match(Text(schema, "description")) is { Success: true } match ? Named(match.Value.TrimEnd('.', ',')) : null;
    }

    /// <summary>The names of a form's keys, in order.</summary>
    public static IReadOnlyList<string> KeysOf(string form) => [.. form.Split('/').Where(segment => segment.StartsWith('{')).Select(segment => segment.Trim('{', '}'))];

    /// <summary>A form with values in place of its keys.</summary>
    public static string Fill(string form, Func<string, string> valueOf) =>
        string.Join('/', form.Split('/').Select(segment => segment.StartsWith('{') ? valueOf(segment.Trim('{', '}')) : segment));

    /// <summary>Names every key after the collection in front of it.</summary>
    private static string Named(string form)
    {
        var segments = form.Split('/');
        for (var i = 1; i < segments.Length; i += 2)
        {
            var collection = Words.Tokens(segments[i - 1]);
            segments[i] = "{" + (collection.Count == 0 ? "name" : string.Join('_', [.. collection.SkipLast(1), Words.Singular(collection[^1])])) + "}";
        }

        return string.Join('/', segments);
    }

    private static string Text(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";

    [GeneratedRegex(@"^([a-z][A-Za-z]+/\*)(/[a-z][A-Za-z]+/\*)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?<![\w/.:])(projects|organizations|folders|accounts|locations|customers|properties|billingAccounts|users|spaces|enterprises|services)/(\{[\w-]+\}|\*|\[[\w-]+\]|[A-Z][A-Z_]+)(/[a-z][A-Za-z]+/(\{[\w-]+\}|\*|\[[\w-]+\]|[A-Z][A-Z_]+))*(?![\w/])", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
