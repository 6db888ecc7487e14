using System.Globalization;
using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Datasets.Writers;

/// <summary>
/// One JSON value being written: members in the order they are added, text as UTF-8 with only what JSON demands escaped, numbers with their
/// kind kept (10 stays 10, 10.0 stays 10.0), no white space and so no line feed.
/// </summary>
internal sealed class JsonRow
{
    private readonly CanonicalWriter text = new();
    private bool separate;

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => text.Written;

    /// <summary>Starts again.</summary>
    public JsonRow Clear()
    {
        text.Clear();
        separate = false;
        return this;
    }

    public JsonRow Object() => Open((byte)'{');

    public JsonRow EndObject() => Close((byte)'}');

    public JsonRow Array() => Open((byte)'[');

    public JsonRow EndArray() => Close((byte)']');

    /// <summary>A member's name; its value comes next.</summary>
    /// <param name="name">UTF-8 without anything to escape.</param>
    public JsonRow Name(ReadOnlySpan<byte> name)
    {
        Separate();
        text.Append((byte)'"');
        text.Append(name);
        text.Append("\":"u8);
        separate = false;
        return this;
    }

    public JsonRow Text(ReadOnlySpan<char> value)
    {
        Separate();
        text.AppendString(value);
        return this;
    }

    public JsonRow Text(ReadOnlySpan<byte> name, ReadOnlySpan<char> value) => Name(name).Text(value);

    public JsonRow Flag(ReadOnlySpan<byte> name, bool value)
    {
        Name(name);
        text.Append(value ? "true"u8 : "false"u8);
        separate = true;
        return this;
    }

    public JsonRow Number(ReadOnlySpan<byte> name, long value)
    {
        Name(name);
        text.AppendText(value.ToString(CultureInfo.InvariantCulture));
        separate = true;
        return this;
    }

    public JsonRow Value(JsonElement value)
    {
        Separate();
        text.Append(value, NumberForm.Typed);
        return this;
    }

    public JsonRow Value(ReadOnlySpan<byte> name, JsonElement value) => Name(name).Value(value);

    /// <summary>JSON that is written already, as it is.</summary>
    public JsonRow Raw(ReadOnlySpan<byte> json)
    {
        Separate();
        text.Append(json);
        return this;
    }

    /// <summary>Another value's JSON as a text.</summary>
    public JsonRow Embed(ReadOnlySpan<byte> json)
    {
        Separate();
        text.Append((byte)'"');
        for (int at; (at = json.IndexOfAny((byte)'"', (byte)'\\')) >= 0; json = json[(at + 1)..])
        {
            text.Append(json[..at]);
            text.Append((byte)'\\');
            text.Append(json[at]);
        }

        text.Append(json);
        text.Append((byte)'"');
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    private JsonRow Open(byte bracket)
    {
        Separate();
        text.Append(bracket);
        separate = false;
        return this;
    }

    private JsonRow Close(byte bracket)
    {
        text.Append(bracket);
        separate = true;
        return this;
    }

    private void Separate()
    {
        if (separate)
        {
            text.Append((byte)',');
        }

        separate = true;
    }
}
