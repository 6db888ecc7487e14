using System.Text.Json;
using System.Text.RegularExpressions;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>
/// Parameters of a listing that choose rows by what they are, though the listing does not show it: an attribute that rows have and that is worth a field.
/// Told from knobs (languages, formats, what to include) by what the document says of them, or by a name that is an attribute's.
/// </summary>
internal static partial class FilterWords
{
    private static readonly string[] Attributes =
    [
        "id", "name", "email", "status", "state", "type", "category", "kind", "country", "city", "region", "currency", "owner", "author", "user", "username", "tag", "label", "level", "priority", "gender",
        "genre", "role", "group", "project", "team", "department", "brand", "colour", "color", "year", "origin", "destination", "artist", "album", "customer", "account", "supplier", "vendor", "sku", "phone",
        "address", "experience", "rating", "language", "location", "venue", "symbol", "industry", "sector", "severity", "reason", "source", "stage", "channel", "plan",
    ];

    /// <summary>Whether a listing's parameter is an attribute of its rows.</summary>
    public static bool IsAttribute(string name, JsonElement schema)
    {
        var tokens = Words.Tokens(name);
        var description = schema.TryGetProperty("description", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        return ResultReader.TypeOf(schema) is "string" or "integer" or "number" && tokens.Count is > 0 and < 5 && char.IsAsciiLetter(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-')
            && !IsKnob(tokens) && !Knob().IsMatch(description)
            && (Attributes.Contains(tokens[^1]) || FieldSchemas.EnumOf(schema).Count > 1 || Chooses().IsMatch(description));
    }

    /// <summary>Whether a name is that of a switch, or of what shapes the answer.</summary>
    private static bool IsKnob(IReadOnlyList<string> tokens) => tokens[0] is "include" or "exclude" or "show" or "with" or "without" or "return" or "expand" or "use" or "is" or "max" or "min" or "from" or "to"
        || tokens[^1] is "format" or "lang" or "locale" or "token" or "limit" or "size" or "mode" or "view" or "units" or "unit" or "style" or "mask" or "query" or "filter" or "expression" or "version"
        || tokens is ["language"];

    [GeneratedRegex(@"\b(filter(s|ed|ing)?|restricts?|only (returns?|lists?|shows?|results|those|include)|returns? only|limits? (the )?(results?|response) to|(whose|with) (this|the (given|specified))|belonging to|to search for)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Chooses();

    [GeneratedRegex(@"\b(comma|expression|syntax|format of the (response|output|result)|number of (results|items|records|rows)|how many|pagination|page|sort(ed|s)?|order(ed)? by|translat|locali[sz])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Knob();
}
