using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AgentScaler.Json;

namespace AgentScaler.Tools.Python;

/// <summary>
/// Reads Python literals as JSON: dictionaries, lists, tuples, sets, strings (also adjacent ones), numbers, <c>True</c>, <c>False</c>, <c>None</c>, comments.
/// Anything that would have to be evaluated is no literal.
/// </summary>
internal sealed partial class PythonLiteral
{
    private const int MaximumDepth = 64;

    private readonly string text;
    private int at;

    private PythonLiteral(string text, int at)
    {
        this.text = text;
        this.at = at;
    }

    /// <summary>The value of a literal, or null if the text is none.</summary>
    public static JsonElement? TryParse(string text)
    {
        var literal = new PythonLiteral(text, 0);
        return literal.TryValue(0, out var value) && literal.Peek() == '\0' ? Element(value) : null;
    }

    /// <summary>The assignments of literals to names at the start of lines; none in other texts.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Assignments(string text)
    {
        for (var match = Assignment().Match(text); match.Success;)
        {
            var literal = new PythonLiteral(text, match.Index + match.Length);
            if (literal.TryValue(0, out var value))
            {
                yield return (match.Groups[1].Value, Element(value));
                match = Assignment().Match(text, literal.at);
            }
            else
            {
                match = match.NextMatch();
            }
        }
    }

    /// <summary>The literals of dictionaries, lists and texts in a program, the outermost of each; in what would have to be evaluated, those within.</summary>
    public static IEnumerable<JsonElement> Within(string program)
    {
        for (var i = 0; i < program.Length; i++)
        {
            if (program[i] == '#')
            {
                var end = program.IndexOf('\n', i);
                i = end < 0 ? program.Length : end;
            }
            else if (program[i] is '{' or '[' or '\'' or '"')
            {
                var literal = new PythonLiteral(program, i);
                if (literal.TryValue(0, out var value))
                {
                    yield return Element(value);
                    i = literal.at - 1;
                }
            }
        }
    }

    private static JsonElement Element(JsonNode? node)
    {
        using var document = JsonSerializer.SerializeToDocument(node, ArtifactJson.Options);
        return document.RootElement.Clone();
    }

    private bool TryValue(int depth, out JsonNode? value)
    {
        value = null;
        switch (Peek())
        {
            case '{' when depth < MaximumDepth:
                return TryBraces(depth, out value);
            case '[' or '(' when depth < MaximumDepth:
                var items = new JsonArray();
                value = items;
                return TryItems(text[at++] == '[' ? ']' : ')', depth, items);
            case '\'' or '"' or 'r' or 'u' or 'b' or 'f' when TryString(out var found):
                value = JsonValue.Create(found);
                return true;
            default:
                return TryWord(out value);
        }
    }

    private bool TryBraces(int depth, out JsonNode? value)
    {
        at++;
        var members = new JsonObject();
        value = members;
        while (Peek() != '}')
        {
            if (!TryValue(depth + 1, out var key))
            {
                return false;
            }

            if (Peek() != ':')
            {
                // A set: read as a list.
                var items = new JsonArray(key);
                value = items;
                at += Peek() == ',' ? 1 : 0;
                return TryItems('}', depth, items);
            }

            at++;
            if (!TryValue(depth + 1, out var member))
            {
                return false;
            }

            members[key is JsonValue name && name.TryGetValue<string>(out var word) ? word : key?.ToJsonString() ?? "None"] = member;
            if (Peek() == ',')
            {
                at++;
            }
            else if (Peek() != '}')
            {
                return false;
            }
        }

        at++;
        return true;
    }

    private bool TryItems(char end, int depth, JsonArray items)
    {
        while (Peek() != end)
        {
            if (!TryValue(depth + 1, out var item))
            {
                return false;
            }

            items.Add(item);
            if (Peek() == ',')
            {
                at++;
            }
            else if (Peek() != end)
            {
                return false;
            }
        }

        at++;
        return true;
    }

    /// <summary>One or several adjacent strings.</summary>
    private bool TryString(out string value)
    {
        var joined = new StringBuilder();
        value = "";
        for (var any = false; ; any = true)
        {
            Peek();
            var match = Quote().Match(text, at);
            if (!match.Success)
            {
                value = joined.ToString();
                return any;
            }

            var isRaw = match.Groups[1].ValueSpan.ContainsAny('r', 'R');
            var quote = match.Groups[2].Value;
            at += match.Length;
            while (true)
            {
                if (at >= text.Length || (text[at] == '\n' && quote.Length == 1))
                {
                    return false;
                }

                if (string.CompareOrdinal(text, at, quote, 0, quote.Length) == 0)
                {
                    at += quote.Length;
                    break;
                }

                if (text[at] == '\\' && at + 1 < text.Length)
                {
                    Escape(joined, isRaw);
                }
                else
                {
                    joined.Append(text[at++]);
                }
            }
        }
    }

    private void Escape(StringBuilder into, bool isRaw)
    {
        var code = text[at + 1];
        var digits = code switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (!isRaw && digits > 0 && at + 2 + digits <= text.Length
            && uint.TryParse(text.AsSpan(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point))
        {
            into.Append(point <= 0xffff ? ((char)point).ToString() : Rune.IsValid(point) ? new Rune(point).ToString() : "\ufffd");
            at += 2 + digits;
            return;
        }

        into.Append(isRaw ? "\\" + code : code switch
        {
            'n' => "\n",
            't' => "\t",
            'r' => "\r",
            '\n' => "",
            '\\' or '\'' or '"' => code.ToString(),
            _ => "\\" + code,
        });
        at += 2;
    }

    private bool TryWord(out JsonNode? value)
    {
        value = null;
        var match = Word().Match(text, at);
        if (!match.Success)
        {
            return false;
        }

        at += match.Length;
        switch (match.Value)
        {
            case "None" or "null":
                return true;
            case "True" or "true" or "False" or "false":
                value = JsonValue.Create(match.Value is "True" or "true");
                return true;
            default:
                var digits = match.Value.Replace("_", "", StringComparison.Ordinal);
                if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
                {
                    value = JsonValue.Create(whole);
                    return true;
                }

                if (double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
                {
                    value = JsonValue.Create(number);
                    return true;
                }

                return false;
        }
    }

    /// <summary>The next character that is neither white space nor comment; NUL at the end.</summary>
    private char Peek()
    {
        for (; at < text.Length; at++)
        {
            if (text[at] == '#')
            {
                var end = text.IndexOf('\n', at);
                at = end < 0 ? text.Length - 1 : end;
            }
            else if (!char.IsWhiteSpace(text[at]))
            {
                return text[at];
            }
        }

        return '\0';
    }

    [GeneratedRegex(@"(?:^|(?<=\n))[ \t]*([A-Za-z_]\w*)[ \t]*=(?!=)[ \t]*(?=[\[{('""\d\-TFN])", RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\G([rRuUbBfF]{0,2})('''|""""""|'|"")", RegexOptions.CultureInvariant)]
    private static partial Regex Quote();

    [GeneratedRegex(@"\G(?:None|True|False|null|true|false|[-+]?[0-9.][0-9_.eE+-]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
