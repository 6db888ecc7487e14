using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace AgentScaler.Json;

/// <summary>The text of JSON string literals, lone surrogates included: <see cref="JsonElement.GetString"/> refuses those.</summary>
internal static class JsonText
{
    /// <summary>A text read as JSON, or null if it is none.</summary>
    public static JsonElement? Read(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The text of a JSON string.</summary>
    public static string Of(JsonElement value) => Unescape(JsonMarshal.GetRawUtf8Value(value)[1..^1]);

    /// <summary>A property's name.</summary>
    public static string NameOf(JsonProperty property) => Unescape(JsonMarshal.GetRawUtf8PropertyName(property));

    /// <summary>Resolves the escapes of a string literal without its quotes.</summary>
    /// <param name="inner">Valid UTF-8 as a JSON reader has accepted it.</param>
    public static string Unescape(ReadOnlySpan<byte> inner)
    {
        if (inner.IndexOf((byte)'\\') < 0)
        {
            return Encoding.UTF8.GetString(inner);
        }

        var text = new StringBuilder(inner.Length);
        while (!inner.IsEmpty)
        {
            var escape = inner.IndexOf((byte)'\\');
            if (escape < 0)
            {
                text.Append(Encoding.UTF8.GetString(inner));
                break;
            }

            text.Append(Encoding.UTF8.GetString(inner[..escape]));
            var kind = (char)inner[escape + 1];
            var used = escape + 2;
            switch (kind)
            {
                case 'b':
                    text.Append('\b');
                    break;
                case 'f':
                    text.Append('\f');
                    break;
                case 'n':
                    text.Append('\n');
                    break;
                case 'r':
                    text.Append('\r');
                    break;
                case 't':
                    text.Append('\t');
                    break;
                case 'u':
                    text.Append((char)ushort.Parse(inner.Slice(used, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    used += 4;
                    break;
                default:
                    text.Append(kind);
                    break;
            }

            inner = inner[used..];
        }

        return text.ToString();
    }
}
