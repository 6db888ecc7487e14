using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace AgentScaler.Json;

/// <summary>
/// The canonical text of a JSON value (pipeline.md, determinism contract): keys sorted by code point, no white space, numbers in
/// shortest round-trip form, only what JSON demands is escaped, absent and null distinct. Equal values have equal text.
/// </summary>
public static class CanonicalJson
{
    /// <summary>Writes a value in canonical form.</summary>
    public static string Write(JsonElement value, NumberForm form = NumberForm.Loose)
    {
        var target = new StringBuilder();
        Append(target, value, form);
        return target.ToString();
    }

    /// <summary>Reads JSON text and writes it in canonical form.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static string Rewrite(string json, NumberForm form = NumberForm.Loose)
    {
        using var document = JsonDocument.Parse(json);
        return Write(document.RootElement, form);
    }

    /// <summary>Serialises an object with <see cref="ArtifactJson.Options"/> and writes it in canonical form.</summary>
    public static string Serialize<T>(T value) => Write(JsonSerializer.SerializeToElement(value, ArtifactJson.Options));

    /// <summary>Whether two values are equal under one of the two equalities.</summary>
    public static bool AreEqual(JsonElement left, JsonElement right, NumberForm form = NumberForm.Loose) =>
        string.Equals(Write(left, form), Write(right, form), StringComparison.Ordinal);

    /// <summary>Appends a value in canonical form.</summary>
    public static void Append(StringBuilder target, JsonElement value, NumberForm form = NumberForm.Loose)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendObject(target, value, form);
                break;
            case JsonValueKind.Array:
                AppendArray(target, value, form);
                break;
            case JsonValueKind.String:
                AppendString(target, value.GetString()!);
                break;
            case JsonValueKind.Number:
                CanonicalNumber.Append(target, Encoding.ASCII.GetString(JsonMarshal.GetRawUtf8Value(value)), form);
                break;
            case JsonValueKind.True:
                target.Append("true");
                break;
            case JsonValueKind.False:
                target.Append("false");
                break;
            case JsonValueKind.Null:
                target.Append("null");
                break;
            default:
                throw new ArgumentException("an undefined JSON value has no canonical form", nameof(value));
        }
    }

    /// <summary>Appends a string literal: <c>"</c>, <c>\</c> and control characters escaped, lone surrogates as <c>\udXXX</c>, all else as it is.</summary>
    public static void AppendString(StringBuilder target, ReadOnlySpan<char> text)
    {
        target.Append('"');
        var plain = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            if (c >= ' ' && c is not ('"' or '\\') && !char.IsSurrogate(c))
            {
                continue;
            }

            target.Append(text[plain..i]);
            plain = i + 1;
            target.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                _ => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
            });
        }

        target.Append(text[plain..]).Append('"');
    }

    /// <summary>Orders keys by Unicode code point, which is also the order of their UTF-8 bytes.</summary>
    public static int CompareKeys(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            char a = left[i], b = right[i];
            if (a == b)
            {
                continue;
            }

            // UTF-16 puts surrogates (code points from 0x10000) below 0xE000-0xFFFF; code points put them above.
            return char.IsSurrogate(a) == char.IsSurrogate(b) ? a.CompareTo(b) : char.IsSurrogate(a) ? 1 : -1;
        }

        return left.Length.CompareTo(right.Length);
    }

    private static void AppendObject(StringBuilder target, JsonElement value, NumberForm form)
    {
        var count = value.GetPropertyCount();
        var properties = ArrayPool<JsonProperty>.Shared.Rent(Math.Max(count, 1));
        var used = 0;
        foreach (var property in value.EnumerateObject())
        {
            properties[used++] = property;
        }

        // A stable sort keeps repeated keys in document order, so that "the last one wins" as it does for every JSON reader here.
        var names = new string[used];
        for (var i = 0; i < used; i++)
        {
            names[i] = properties[i].Name;
        }

        var order = Enumerable.Range(0, used).ToArray();
        Array.Sort(order, (a, b) => CompareKeys(names[a], names[b]) is var c && c != 0 ? c : a.CompareTo(b));
        target.Append('{');
        var first = true;
        for (var i = 0; i < used; i++)
        {
            if (i + 1 < used && names[order[i]] == names[order[i + 1]])
            {
                continue;
            }

            if (!first)
            {
                target.Append(',');
            }

            first = false;
            AppendString(target, names[order[i]]);
            target.Append(':');
            Append(target, properties[order[i]].Value, form);
        }

        target.Append('}');
        ArrayPool<JsonProperty>.Shared.Return(properties, clearArray: true);
    }

    private static void AppendArray(StringBuilder target, JsonElement value, NumberForm form)
    {
        target.Append('[');
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!first)
            {
                target.Append(',');
            }

            first = false;
            Append(target, item, form);
        }

        target.Append(']');
    }
}
