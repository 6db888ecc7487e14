using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace AgentScaler.Tools.Prose;

/// <summary>
/// A type as people write it: <c>str, optional</c>, <c>List[Union[int, float]]</c>, <c>[REQUIRED] string: what it is</c>, <c>HashMap&lt;String, Integer&gt;</c>,
/// <c>DATE (YYYY-MM-DD)</c>. The one place that knows such names.
/// </summary>
/// <param name="Name">One of JSON Schema's types, or null where anything goes.</param>
/// <param name="Items">What a list or map holds, if the text says so.</param>
/// <param name="Format">A format that the name implies: <c>date</c>, <c>date-time</c>, <c>int64</c>, ...</param>
/// <param name="Values">The values that the text lists.</param>
/// <param name="IsRequired">What the text says about it, or null.</param>
/// <param name="Description">What stands after the type, or null.</param>
internal sealed partial record ProseType(
    string? Name,
    ProseType? Items = null,
    string? Format = null,
    IReadOnlyList<string>? Values = null,
    bool? IsRequired = null,
    string? Description = null)
{
    private const int MaximumDepth = 8;

    private static readonly FrozenDictionary<string, (string? Name, string? Format)> Names = Read(
        """
        string: string str text char character varchar chars charsequence stringbuilder word line email-address enum symbol literal
        string: file binary blob image audio video path filepath filename phone phonenumber pathlike secret token id guid objectid
        string/date: date localdate datestring
        string/date-time: datetime date-time timestamp localdatetime zoneddatetime
        string/time: time localtime
        string/uuid: uuid
        string/password: password
        string/email: email
        string/uri: url uri
        string/byte: bytes byte[] base64 bytearray
        integer: integer int interger intger integar short byte bigint biginteger ushort uint natural count sbyte uint8 uint16 uint32 uint64 int8 int16
        integer/int32: int32
        integer/int64: int64 long ulong
        number: number float double decimal numeric real num bigdecimal single floating percentage float32 float64
        boolean: boolean bool bit flag yes/no true/false boolen
        array: array list tuple set sequence arraylist linkedlist iterable collection vector frozenset queue stack iterator
        object: object dict dictionary map hashmap json hash struct mapping record treemap linkedhashmap obj jsonobject defaultdict ordereddict
        any: any mixed unknown generic various dynamic t null none nonetype void
        """);

    /// <summary>The type with no name: anything goes.</summary>
    public static ProseType Anything { get; } = new((string?)null);

    /// <summary>JSON Schema's name of a plain type name, or null if it is none that is known, or any type.</summary>
    public static string? NameOf(string type) => Known(type)?.Name;

    /// <summary>Reads a type with what may stand around it; a text that is no type is a description of anything.</summary>
    public static ProseType Parse(string text)
    {
        var mark = Mark().Match(text);
        var rest = text[mark.Length..];
        bool? isMarked = mark.Success ? IsRequirement(mark.Groups[1].ValueSpan) : null;
        var described = Described().Match(rest);
        if (described.Success && Bare(described.Groups[1].Value) is { } type)
        {
            return type with { IsRequired = isMarked ?? type.IsRequired, Description = Blank(described.Groups[2].Value) };
        }

        return Bare(rest) is { } bare
            ? bare with { IsRequired = isMarked ?? bare.IsRequired }
            : Anything with { IsRequired = isMarked, Description = Blank(rest) };
    }

    /// <summary>A type with <c>, optional</c> or the like after it, or null if it is none.</summary>
    private static ProseType? Bare(string text)
    {
        var suffix = Suffix().Match(text);
        return suffix.Success
            ? TryParse(text[..suffix.Index].Trim(), 0) is { } type ? type with { IsRequired = IsRequirement(suffix.Groups[1].ValueSpan) } : null
            : TryParse(text.Trim(), 0);
    }

    private static bool IsRequirement(ReadOnlySpan<char> word) => word.Equals("required", StringComparison.OrdinalIgnoreCase);

    private static ProseType? TryParse(string text, int depth)
    {
        if (depth == MaximumDepth || text.Length is 0 or > 300)
        {
            return null;
        }

        if (Known(text) is { } known)
        {
            return new ProseType(known.Name, Format: known.Format);
        }

        if (text.EndsWith("[]", StringComparison.Ordinal))
        {
            return TryParse(text[..^2].Trim(), depth + 1) is { } item ? new ProseType("array", item) : null;
        }

        if (Generic().Match(text) is { Success: true } generic && Apply(generic.Groups[1].Value, Arguments(generic.Groups[2].Value), depth) is { } applied)
        {
            return applied;
        }

        if (Parenthesised().Match(text) is { Success: true } noted && TryParse(noted.Groups[1].Value.Trim(), depth + 1) is { } plain)
        {
            return plain.Name == "number" && NameOf(noted.Groups[2].Value) == "integer" ? new ProseType("integer")
                : plain is { Format: null, Name: "string" } && DatePattern().IsMatch(noted.Groups[2].Value) ? plain with { Format = "date" } : plain;
        }

        if (ListOf().Match(text) is { Success: true } list)
        {
            return new ProseType("array", TryParse(list.Groups[1].Value, depth + 1) ?? TryParse(list.Groups[1].Value.TrimEnd('s'), depth + 1));
        }

        var alternatives = Alternatives(text);
        var types = alternatives.Count > 1 ? alternatives.ConvertAll(part => TryParse(part, depth + 1)) : [null];
        return types.TrueForAll(type => type is not null) ? Either(types!) : null;
    }

    /// <summary>A generic type of arguments: <c>list[int]</c>, <c>Dict[str, float]</c>, <c>Optional[str]</c>, <c>Literal['a', 'b']</c>.</summary>
    private static ProseType? Apply(string name, List<string> arguments, int depth)
    {
        var head = name.Trim().ToLowerInvariant();
        head = head[(head.LastIndexOf('.') + 1)..];
        switch (head)
        {
            case "optional" or "nullable":
                return (TryParse(arguments[0], depth + 1) ?? Anything) with { IsRequired = false };
            case "union" or "oneof" or "anyof":
                return Either(arguments.ConvertAll(argument => TryParse(argument, depth + 1) ?? Anything));
            case "literal" or "enum":
                string[] values = [.. arguments.Select(argument => argument.Trim('\'', '"', ' '))];
                var isWhole = values.All(value => long.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _));
                return new ProseType(isWhole ? "integer" : "string", Values: values);
            case "annotated" or "final" or "required" or "type":
                return TryParse(arguments[0], depth + 1);
        }

        return NameOf(head) switch
        {
            "object" => new ProseType("object", TryParse(arguments[^1], depth + 1)),
            "array" => new ProseType("array", TryParse(arguments[0], depth + 1)),
            _ => null,
        };
    }

    /// <summary>One type for several: the one they share; of numbers the wider; else the first.</summary>
    private static ProseType Either(IReadOnlyList<ProseType> types)
    {
        var named = types.Where(type => type.Name is not null).ToList();
        return named.Count == 0 ? Anything
            : named.Count == 2 && named.Any(type => type.Name == "integer") && named.FirstOrDefault(type => type.Name == "number") is { } number ? number
            : named[0];
    }

    private static List<string> Alternatives(string text) => [.. text.Split([" or ", "|", "/"], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Splits at commas outside of brackets.</summary>
    private static List<string> Arguments(string text)
    {
        var arguments = new List<string>();
        var (depth, start) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] is '[' or '<' or '(' ? 1 : text[i] is ']' or '>' or ')' ? -1 : 0;
            if (text[i] == ',' && depth == 0)
            {
                arguments.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        arguments.Add(text[start..].Trim());
        return arguments;
    }

    private static (string? Name, string? Format)? Known(string type)
    {
        var name = type.Trim().ToLowerInvariant();
        return Names.TryGetValue(name, out var known) ? known
            : name.StartsWith("typing.", StringComparison.Ordinal) && Names.TryGetValue(name["typing.".Length..], out known) ? known
            : null;
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static FrozenDictionary<string, (string? Name, string? Format)> Read(string table) => (
        from line in table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        let colon = line.IndexOf(": ", StringComparison.Ordinal)
        let kind = line[..colon].Split('/', 2)
        from name in line[(colon + 2)..].Split(' ')
        select (name, Type: (kind[0] == "any" ? null : kind[0], kind.ElementAtOrDefault(1))))
        .ToFrozenDictionary(entry => entry.name, entry => entry.Type, StringComparer.Ordinal);

    [GeneratedRegex(@"\A\s*[\[(](required|optional)[\])]\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Mark();

    [GeneratedRegex(@"\A([^:]{1,200}):(?:\s+(.*))?\z", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Described();

    [GeneratedRegex(@"\s*(?:[,;]\s*|\(\s*|\[\s*|\s)(optional|required)\b.*\z", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Suffix();

    [GeneratedRegex(@"\A([A-Za-z][\w.]*)\s*[\[<(](?=\S)(.+)[\]>)]\z", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Generic();

    [GeneratedRegex(@"\A([A-Za-z][\w\[\] ]{0,40}?)\s*\(([^()]*)\)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Parenthesised();

    [GeneratedRegex(@"\A(?:an? )?(?:list|array|set|sequence|tuple)s? of (\w+)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ListOf();

    [GeneratedRegex(@"\b(?:yyyy|mm|dd)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DatePattern();
}
