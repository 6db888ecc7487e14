using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace AgentScaler.Json;

/// <summary>
/// Writes the canonical form as UTF-8 into one growing buffer, from the raw bytes of the document: text without escapes is canonical as it
/// stands and is copied. One writer serves one thread.
/// </summary>
internal sealed class CanonicalWriter
{
    [ThreadStatic]
    private static CanonicalWriter? shared;

    private readonly StringBuilder number = new();
    private byte[] buffer = new byte[1024];
    private int length;

    /// <summary>What was written since the last <see cref="Clear"/>; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    /// <summary>This thread's writer, emptied. Callers finish with it before they call anything that may use it.</summary>
    public static CanonicalWriter Shared()
    {
        var writer = shared ??= new CanonicalWriter();
        writer.Clear();
        return writer;
    }

    /// <summary>Empties the buffer and keeps it.</summary>
    public void Clear() => length = 0;

    /// <summary>Appends a value.</summary>
    public void Append(JsonElement value, NumberForm form)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendObject(value, form);
                break;
            case JsonValueKind.Array:
                Append((byte)'[');
                var first = true;
                foreach (var item in value.EnumerateArray())
                {
                    if (!first)
                    {
                        Append((byte)',');
                    }

                    first = false;
                    Append(item, form);
                }

                Append((byte)']');
                break;
            case JsonValueKind.String:
                var raw = JsonMarshal.GetRawUtf8Value(value);
                AppendLiteral(raw[1..^1]);
                break;
            case JsonValueKind.Number:
                AppendNumber(JsonMarshal.GetRawUtf8Value(value), form);
                break;
            case JsonValueKind.True:
                Append("true"u8);
                break;
            case JsonValueKind.False:
                Append("false"u8);
                break;
            case JsonValueKind.Null:
                Append("null"u8);
                break;
            default:
                throw new ArgumentException("an undefined JSON value has no canonical form", nameof(value));
        }
    }

    /// <summary>Appends a string literal given its text.</summary>
    public void AppendString(ReadOnlySpan<char> text)
    {
        Append((byte)'"');
        var plain = 0;
        Span<byte> escape = stackalloc byte[6];
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

            AppendText(text[plain..i]);
            plain = i + 1;
            Append(Escape(c, escape));
        }

        AppendText(text[plain..]);
        Append((byte)'"');
    }

    /// <summary>Appends text as it is, as UTF-8.</summary>
    public void AppendText(ReadOnlySpan<char> text)
    {
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        length += Encoding.UTF8.GetBytes(text, buffer.AsSpan(length));
    }

    /// <summary>Appends bytes as they are.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    /// <summary>Appends one byte.</summary>
    public void Append(byte value)
    {
        Reserve(1);
        buffer[length++] = value;
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Written);

    private static ReadOnlySpan<byte> Escape(char c, Span<byte> target)
    {
        switch (c)
        {
            case '"': return "\\\""u8;
            case '\\': return "\\\\"u8;
            case '\n': return "\\n"u8;
            case '\r': return "\\r"u8;
            case '\t': return "\\t"u8;
            case '\b': return "\\b"u8;
            case '\f': return "\\f"u8;
            default:
                "\\u"u8.CopyTo(target);
                for (var i = 0; i < 4; i++)
                {
                    target[2 + i] = "0123456789abcdef"u8[(c >> (12 - (4 * i))) & 15];
                }

                return target;
        }
    }

    private void AppendLiteral(ReadOnlySpan<byte> inner)
    {
        if (!Utf8.IsValid(inner))
        {
            throw new InvalidOperationException("a JSON text is not valid UTF-8");
        }

        if (inner.IndexOf((byte)'\\') < 0)
        {
            Append((byte)'"');
            Append(inner);
            Append((byte)'"');
        }
        else
        {
            AppendString(JsonText.Unescape(inner));
        }
    }

    private void AppendNumber(ReadOnlySpan<byte> literal, NumberForm form)
    {
        if (literal.IndexOfAny("-.eE"u8) < 0)
        {
            Append(literal);
            return;
        }

        Span<char> text = literal.Length <= 128 ? stackalloc char[literal.Length] : new char[literal.Length];
        Encoding.ASCII.GetChars(literal, text);
        number.Clear();
        CanonicalNumber.Append(number, text, form);
        foreach (var chunk in number.GetChunks())
        {
            AppendText(chunk.Span);
        }
    }

    private void AppendObject(JsonElement value, NumberForm form)
    {
        Append((byte)'{');
        if (IsSorted(value))
        {
            var first = true;
            foreach (var property in value.EnumerateObject())
            {
                if (!first)
                {
                    Append((byte)',');
                }

                first = false;
                AppendLiteral(JsonMarshal.GetRawUtf8PropertyName(property));
                Append((byte)':');
                Append(property.Value, form);
            }
        }
        else
        {
            AppendSorted(value, form);
        }

        Append((byte)'}');
    }

    /// <summary>Whether the keys come in ascending order already and none needs a closer look.</summary>
    private static bool IsSorted(JsonElement value)
    {
        ReadOnlySpan<byte> last = default;
        var first = true;
        foreach (var property in value.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(property);
            if (name.IndexOf((byte)'\\') >= 0 || (!first && last.SequenceCompareTo(name) >= 0))
            {
                return false;
            }

            first = false;
            last = name;
        }

        return true;
    }

    private void AppendSorted(JsonElement value, NumberForm form)
    {
        var count = value.GetPropertyCount();
        var properties = new (string Name, int Place, JsonElement Value)[count];
        var used = 0;
        foreach (var property in value.EnumerateObject())
        {
            properties[used] = (JsonText.Unescape(JsonMarshal.GetRawUtf8PropertyName(property)), used, property.Value);
            used++;
        }

        // By place among equals, so that the last of repeated keys wins, as it does for every JSON reader here.
        Array.Sort(properties, static (a, b) => CanonicalJson.CompareKeys(a.Name, b.Name) is var c && c != 0 ? c : a.Place.CompareTo(b.Place));
        var first = true;
        for (var i = 0; i < used; i++)
        {
            if (i + 1 < used && properties[i].Name == properties[i + 1].Name)
            {
                continue;
            }

            if (!first)
            {
                Append((byte)',');
            }

            first = false;
            AppendString(properties[i].Name);
            Append((byte)':');
            Append(properties[i].Value, form);
        }
    }

    private void Reserve(int count)
    {
        if (buffer.Length - length < count)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + count));
        }
    }
}
