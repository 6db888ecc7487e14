using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AgentScaler.Json;

/// <summary>
/// A JSON Schema compiled for many checks: <c>type</c> (also lists of types, and OpenAPI's <c>nullable</c>), <c>enum</c>, <c>const</c>, <c>properties</c>,
/// <c>required</c>, <c>additionalProperties</c>, <c>items</c>, <c>minItems</c>, <c>maxItems</c>, <c>minimum</c>, <c>maximum</c>, <c>exclusiveMinimum</c>,
/// <c>exclusiveMaximum</c> (number or OpenAPI's boolean), <c>minLength</c>, <c>maxLength</c>, <c>pattern</c>, <c>anyOf</c>, <c>oneOf</c>, <c>allOf</c>. Other keywords are
/// annotations. A pattern that no linear-time engine can match is not checked. Immutable and thread-safe.
/// </summary>
public sealed class JsonSchema
{
    private readonly JsonTypes types;
    private readonly string[]? allowed;
    private readonly Property[] properties;
    private readonly ulong requiredMask;
    private readonly JsonSchema? additional;
    private readonly bool closed;
    private readonly JsonSchema? items;
    private readonly int minimumItems;
    private readonly int maximumItems;
    private readonly int minimumLength;
    private readonly int maximumLength;
    private readonly NumberRange range;
    private readonly Regex? pattern;
    private readonly string? patternText;
    private readonly JsonSchema[] anyOf;
    private readonly JsonSchema[] oneOf;
    private readonly JsonSchema[] allOf;

    private JsonSchema(JsonElement schema, string place)
    {
        var read = new JsonSchemaReader(schema, place);
        types = read.Types();
        allowed = read.Allowed();
        var required = read.Names("required");
        properties = [.. read.Children("properties").Select(child => new Property(
            child.Name, Encoding.UTF8.GetBytes(child.Name), new JsonSchema(child.Schema, child.Place), required.Contains(child.Name)))];
        var known = properties.Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        properties = [.. properties, .. required.Where(name => !known.Contains(name)).Select(name => new Property(name, Encoding.UTF8.GetBytes(name), null, true))];
        for (var i = 0; i < Math.Min(properties.Length, 64); i++)
        {
            requiredMask |= properties[i].Required ? 1UL << i : 0;
        }

        closed = read.IsFalse("additionalProperties");
        additional = read.Child("additionalProperties") is { } rest ? new JsonSchema(rest.Schema, rest.Place) : null;
        items = read.Child("items") is { } item ? new JsonSchema(item.Schema, item.Place) : null;
        minimumItems = read.Count("minItems", 0);
        maximumItems = read.Count("maxItems", int.MaxValue);
        minimumLength = read.Count("minLength", 0);
        maximumLength = read.Count("maxLength", int.MaxValue);
        range = read.Range();
        (pattern, patternText) = read.Pattern();
        anyOf = [.. read.List("anyOf").Select(child => new JsonSchema(child.Schema, child.Place))];
        oneOf = [.. read.List("oneOf").Select(child => new JsonSchema(child.Schema, child.Place))];
        allOf = [.. read.List("allOf").Select(child => new JsonSchema(child.Schema, child.Place))];
    }

    /// <summary>Compiles a schema.</summary>
    /// <exception cref="JsonException">It is no schema; the message names the place and what was expected.</exception>
    public static JsonSchema Compile(JsonElement schema) => new(schema, "$");

    /// <summary>Whether a value fits.</summary>
    public bool IsValid(JsonElement value) => Fits(value, null, null);

    /// <summary>Checks a value.</summary>
    /// <returns>Every misfit in document order; empty if it fits.</returns>
    public IReadOnlyList<JsonSchemaError> Validate(JsonElement value)
    {
        // The quick pass builds no paths; almost every value fits.
        if (IsValid(value))
        {
            return [];
        }

        var errors = new List<JsonSchemaError>();
        Fits(value, errors, "$");
        return errors;
    }

    private bool Fits(JsonElement value, List<JsonSchemaError>? errors, string? path)
    {
        var kind = value.ValueKind;
        if ((types & TypeOf(value, kind)) == 0)
        {
            errors?.Add(new(path!, $"expected {types.Describe()}, found {Describe(value)}"));
            return false;
        }

        if (allowed is not null && Array.IndexOf(allowed, CanonicalJson.Write(value)) < 0)
        {
            errors?.Add(new(path!, $"expected one of {string.Join(", ", allowed)}, found {Describe(value)}"));
            return false;
        }

        var fits = kind switch
        {
            JsonValueKind.Object => FitsObject(value, errors, path),
            JsonValueKind.Array => FitsArray(value, errors, path),
            JsonValueKind.String => FitsString(value, errors, path),
            JsonValueKind.Number => FitsRange(value, errors, path),
            _ => true,
        };
        return FitsCombined(value, errors, path) && fits;
    }

    private bool FitsObject(JsonElement value, List<JsonSchemaError>? errors, string? path)
    {
        var fits = true;
        var seen = 0UL;
        foreach (var entry in value.EnumerateObject())
        {
            var index = IndexOf(JsonMarshal.GetRawUtf8PropertyName(entry));
            seen |= index is >= 0 and < 64 ? 1UL << index : 0;
            if (index < 0 && closed)
            {
                errors?.Add(new(JoinPath(path, entry), "no such property is known"));
                fits = false;
            }

            var schema = index >= 0 ? properties[index].Schema : additional;
            if (schema is not null)
            {
                fits &= schema.Fits(entry.Value, errors, errors is null ? null : JoinPath(path, entry));
            }

            if (!fits && errors is null)
            {
                return false;
            }
        }

        // Beyond 64 properties the mask does not reach: each is looked for.
        if ((seen & requiredMask) == requiredMask && properties.Length <= 64)
        {
            return fits;
        }

        foreach (var property in properties)
        {
            if (property.Required && !value.TryGetProperty(property.Utf8, out _))
            {
                errors?.Add(new(path!, $"the required property '{property.Name}' is missing"));
                fits = false;
            }
        }

        return fits;
    }

    private bool FitsArray(JsonElement value, List<JsonSchemaError>? errors, string? path)
    {
        var count = value.GetArrayLength();
        var fits = count >= minimumItems && count <= maximumItems;
        if (!fits)
        {
            errors?.Add(new(path!, $"expected {Between(minimumItems, maximumItems)} items, found {count}"));
        }

        if (items is null)
        {
            return fits;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            fits &= items.Fits(item, errors, errors is null ? null : $"{path}[{index}]");
            if (!fits && errors is null)
            {
                return false;
            }

            index++;
        }

        return fits;
    }

    private bool FitsString(JsonElement value, List<JsonSchemaError>? errors, string? path)
    {
        if (minimumLength == 0 && maximumLength == int.MaxValue && pattern is null)
        {
            return true;
        }

        var text = JsonText.Of(value);
        var length = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            // Lengths count code points: a pair of surrogates is one.
            length -= char.IsSurrogatePair(text[i - 1], text[i]) ? 1 : 0;
        }

        var fits = length >= minimumLength && length <= maximumLength;
        if (!fits)
        {
            errors?.Add(new(path!, $"expected {Between(minimumLength, maximumLength)} characters, found {length}"));
        }

        if (pattern?.IsMatch(text) == false)
        {
            errors?.Add(new(path!, $"expected a text that matches {patternText}, found {Describe(value)}"));
            fits = false;
        }

        return fits;
    }

    private bool FitsRange(JsonElement value, List<JsonSchemaError>? errors, string? path)
    {
        var fits = range.IsUnbounded || range.Contains(value.GetDouble());
        if (!fits)
        {
            errors?.Add(new(path!, $"expected a number {range}, found {value.GetRawText()}"));
        }

        return fits;
    }

    private bool FitsCombined(JsonElement value, List<JsonSchemaError>? errors, string? path)
    {
        var fits = true;
        foreach (var schema in allOf)
        {
            fits &= schema.Fits(value, errors, path);
        }

        if (anyOf.Length > 0 && CountFits(anyOf, value) == 0)
        {
            errors?.Add(new(path!, "fits none of the forms of anyOf"));
            fits = false;
        }

        if (oneOf.Length > 0 && CountFits(oneOf, value) is var count && count != 1)
        {
            errors?.Add(new(path!, $"expected to fit exactly one of the forms of oneOf, fits {count}"));
            fits = false;
        }

        return fits;
    }

    private static int CountFits(JsonSchema[] forms, JsonElement value)
    {
        var count = 0;
        foreach (var form in forms)
        {
            count += form.IsValid(value) ? 1 : 0;
        }

        return count;
    }

    private int IndexOf(ReadOnlySpan<byte> name)
    {
        if (name.IndexOf((byte)'\\') >= 0)
        {
            name = Encoding.UTF8.GetBytes(JsonText.Unescape(name));
        }

        for (var i = 0; i < properties.Length; i++)
        {
            if (name.SequenceEqual(properties[i].Utf8))
            {
                return i;
            }
        }

        return -1;
    }

    private static string JoinPath(string? path, JsonProperty property) => JsonPath.Join(path!, JsonText.NameOf(property));

    private static JsonTypes TypeOf(JsonElement value, JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => JsonTypes.Object,
        JsonValueKind.Array => JsonTypes.Array,
        JsonValueKind.String => JsonTypes.String,
        JsonValueKind.True or JsonValueKind.False => JsonTypes.Boolean,
        JsonValueKind.Null => JsonTypes.Null,
        JsonValueKind.Number => value.TryGetInt64(out _) || IsIntegral(value) ? JsonTypes.Integer : JsonTypes.Number,
        _ => JsonTypes.None,
    };

    private static bool IsIntegral(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        return raw.IndexOfAny(".eE"u8) < 0 || (value.TryGetDouble(out var number) && double.IsInteger(number));
    }

    private static string Describe(JsonElement value)
    {
        var text = CanonicalJson.Write(value);
        return text.Length <= 60 ? text : text[..57] + "...";
    }

    private static string Between(int minimum, int maximum) => maximum == int.MaxValue ? $"at least {minimum}" : $"{minimum} to {maximum}";

    private sealed record Property(string Name, byte[] Utf8, JsonSchema? Schema, bool Required);
}
