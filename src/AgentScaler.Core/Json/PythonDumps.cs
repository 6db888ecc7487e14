using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace AgentScaler.Json;

/// <summary>
/// Python's <c>json.dumps</c> of JSON as <c>json.loads</c> read it: keys in their order, of those that repeat the last value in the place of the first, floats
/// with their <c>.0</c>, what is beyond a double as <c>Infinity</c>.
/// </summary>
/// <param name="ascii">Whether all beyond ASCII is escaped (<c>ensure_ascii</c>).</param>
/// <param name="indent">Blanks a level, each item on its own line; 0 for one line with <c>", "</c> and <c>": "</c>.</param>
internal sealed class PythonDumps(bool ascii, int indent)
{
    /// <summary>Python's default settings.</summary>
    public static PythonDumps Default { get; } = new(ascii: true, indent: 0);

    /// <summary>The text of a value.</summary>
    public string Write(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value, 0);
        return text.ToString();
    }

    private void Append(StringBuilder target, JsonElement value, int level)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendObject(target, value, level);
                break;
            case JsonValueKind.Array:
                AppendItems(target, '[', ']', value.EnumerateArray(), level, item => Append(target, item, level + 1));
                break;
            case JsonValueKind.String:
                AppendQuoted(target, JsonText.Of(value));
                break;
            case JsonValueKind.Number:
                AppendNumber(target, Encoding.ASCII.GetString(JsonMarshal.GetRawUtf8Value(value)));
                break;
            default:
                target.Append(value.GetRawText());
                break;
        }
    }

    private void AppendObject(StringBuilder target, JsonElement value, int level)
    {
        var properties = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            properties[JsonText.NameOf(property)] = property.Value;
        }

        AppendItems(target, '{', '}', properties, level, property =>
        {
            AppendQuoted(target, property.Key);
            target.Append(": ");
            Append(target, property.Value, level + 1);
        });
    }

    private void AppendItems<T>(StringBuilder target, char opening, char closing, IEnumerable<T> items, int level, Action<T> append)
    {
        target.Append(opening);
        var any = false;
        foreach (var item in items)
        {
            target.Append(any ? indent > 0 ? "," : ", " : "");
            any = true;
            AppendBreak(target, level + 1);
            append(item);
        }

        if (any)
        {
            AppendBreak(target, level);
        }

        target.Append(closing);
    }

    private void AppendBreak(StringBuilder target, int level)
    {
        if (indent > 0)
        {
            target.Append('\n').Append(' ', indent * level);
        }
    }

    private static void AppendNumber(StringBuilder target, string literal)
    {
        var start = target.Length;
        PythonText.AppendNumber(target, literal);
        target.Replace("inf", "Infinity", start, target.Length - start);
    }

    private void AppendQuoted(StringBuilder target, string text)
    {
        target.Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"' or '\\':
                    target.Append('\\').Append(c);
                    break;
                case '\n' or '\r' or '\t' or '\b' or '\f':
                    target.Append('\\').Append(c switch { '\n' => 'n', '\r' => 'r', '\t' => 't', '\b' => 'b', _ => 'f' });
                    break;
                case < ' ':
                case > '~' when ascii:
                    target.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    target.Append(c);
                    break;
            }
        }

        target.Append('"');
    }
}
