using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Json;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation.Values;

/// <summary>Makes the fields of one object agree: lower bounds below upper ones, parts within the whole, totals that add up, counts of what is listed.</summary>
internal static class Coherence
{
    private static readonly (string Low, string High)[] Ranges =
    [
        ("min", "max"), ("minimum", "maximum"), ("low", "high"), ("lower", "upper"), ("from", "to"), ("start", "end"), ("started", "ended"), ("starts", "ends"), ("created", "updated"),
        ("created", "modified"), ("begin", "end"), ("start", "due"), ("first", "last"), ("in", "out"),
    ];

    private static readonly string[] Parts = ["used", "available", "free", "remaining", "booked", "sold", "reserved", "consumed", "completed"];
    private static readonly string[] Wholes = ["total", "capacity", "quota", "limit", "max", "maximum"];
    private static readonly string[] Prices = ["price", "unit_price", "price_per_unit", "item_price", "unit_cost", "unit_amount", "rate"];
    private static readonly string[] Quantities = ["quantity", "qty", "units"];
    private static readonly string[] Lines = ["total", "line_total", "amount", "line_amount", "total_price", "total_amount", "subtotal", "total_cost", "extended_price"];
    private static readonly string[] Totals = ["total", "total_amount", "total_price", "grand_total", "amount_total", "total_cost"];
    private static readonly string[] Subtotals = ["subtotal", "sub_total", "subtotal_amount", "net_amount", "net_total", "total_net"];
    private static readonly string[] Taxes = ["tax", "tax_amount", "vat", "total_tax", "tax_total", "vat_amount"];
    private static readonly string[] Extras = ["shipping", "shipping_cost", "shipping_fee", "delivery_fee", "shipping_amount", "tip", "service_fee"];
    private static readonly string[] Discounts = ["discount", "discount_amount", "total_discount"];

    /// <summary>Changes values of an object so that they agree; a value that its schema would not allow is left.</summary>
    /// <param name="schemaOf">The schema of a property; undefined where there is none.</param>
    public static void Apply(JsonObject row, Func<string, JsonElement> schemaOf)
    {
        var names = row.Select(property => property.Key).ToDictionary(name => name, name => Words.Tokens(name), StringComparer.Ordinal);
        OrderRanges(row, names, schemaOf);
        FitParts(row, names, schemaOf);
        AddUp(row, names, schemaOf);
        CountItems(row, names, schemaOf);
    }

    /// <summary>Sets a number if its schema allows it.</summary>
    public static bool TrySet(JsonObject row, string name, double value, JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || (ResultReader.TypeOf(schema) == "integer" && Math.Floor(value) != value))
        {
            return false;
        }

        JsonNode node = ResultReader.TypeOf(schema) == "integer" ? JsonValue.Create((long)value) : JsonValue.Create(Math.Round(value, 2));
        if (!Allows(schema, node))
        {
            return false;
        }

        row[name] = node;
        return true;
    }

    private static void OrderRanges(JsonObject row, Dictionary<string, IReadOnlyList<string>> names, Func<string, JsonElement> schemaOf)
    {
        foreach (var (low, high) in Ranges)
        {
            foreach (var (name, tokens) in names.Where(pair => pair.Value.Contains(low)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                var other = names.FirstOrDefault(pair => pair.Value.SequenceEqual(tokens.Select(token => token == low ? high : token))).Key;
                if (other is null || row[name] is not JsonValue a || row[other] is not JsonValue b)
                {
                    continue;
                }

                if (!IsAbove(a, b))
                {
                    Part(row, other, a, b, schemaOf(other));
                }
                else if (Allows(schemaOf(name), b) && Allows(schemaOf(other), a))
                {
                    row[name] = b.DeepClone();
                    row[other] = a.DeepClone();
                }
            }
        }
    }

    /// <summary>Moves an upper bound up where it equals the lower one: by a tenth of a number, by a day of a date.</summary>
    private static void Part(JsonObject row, string high, JsonValue low, JsonValue value, JsonElement schema)
    {
        if (Number(value) is { } number && Number(low) == number)
        {
            TrySet(row, high, number + Math.Max(1, Math.Floor(Math.Abs(number) / 10)), schema);
        }
        else if (value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is var text && low.GetValueKind() == JsonValueKind.String && low.GetValue<string>() == text
            && IsDate(text) && DateOnly.TryParseExact(text[..Math.Min(text.Length, 10)], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            JsonNode next = JsonValue.Create(day.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + text[10..]);
            row[high] = Allows(schema, next) ? next : row[high]?.DeepClone();
        }
    }

    /// <summary>Whether a value lies above another: numbers, or dates or times of day of one form.</summary>
    private static bool IsAbove(JsonValue a, JsonValue b) => (a.GetValueKind(), b.GetValueKind()) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => Number(a) > Number(b),
        (JsonValueKind.String, JsonValueKind.String) => IsAbove(a.GetValue<string>(), b.GetValue<string>()),
        _ => false,
    };

    /// <summary>Whether two values are no range from the first to the second: equal or backwards. Values of which neither can lie above the other are fine.</summary>
    public static bool IsNoRange(JsonElement low, JsonElement high) =>
        low.ValueKind is JsonValueKind.Number or JsonValueKind.String && high.ValueKind == low.ValueKind
        && JsonValue.Create(low) is { } from && JsonValue.Create(high) is { } to && (IsAbove(from, to) || (IsOrdered(from) && JsonNode.DeepEquals(from, to)));

    private static bool IsOrdered(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.Number => true,
        JsonValueKind.String => IsDate(value.GetValue<string>()) || IsTime(value.GetValue<string>()),
        _ => false,
    };

    /// <summary>The fields that bound a range together with one, each with whether it is the upper bound.</summary>
    public static IEnumerable<(string Name, bool IsUpper)> OthersOf(string field, IEnumerable<string> fields)
    {
        var tokens = Words.Tokens(field);
        var all = fields.Select(name => (Name: name, Tokens: Words.Tokens(name))).ToList();
        foreach (var (low, high) in Ranges)
        {
            foreach (var (from, to, isUpper) in new[] { (low, high, true), (high, low, false) })
            {
                if (tokens.Contains(from) && all.FirstOrDefault(other => other.Tokens.SequenceEqual(tokens.Select(token => token == from ? to : token))).Name is { } found)
                {
                    yield return (found, isUpper);
                }
            }
        }
    }

    /// <summary>Dates (2026-11-27...) and times of day (09:45...) of equal length are in order as text.</summary>
    private static bool IsAbove(string a, string b) =>
        a.Length == b.Length && (IsDate(a) && IsDate(b) || IsTime(a) && IsTime(b)) && string.CompareOrdinal(a, b) > 0;

    private static bool IsDate(string text) => text is [_, _, _, _, '-', ..];

    private static bool IsTime(string text) => text is [>= '0' and <= '9', >= '0' and <= '9', ':', >= '0' and <= '9', ..];

    private static void FitParts(JsonObject row, Dictionary<string, IReadOnlyList<string>> names, Func<string, JsonElement> schemaOf)
    {
        foreach (var (name, tokens) in names.Where(pair => pair.Value.Any(Parts.Contains)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var rest = tokens.Where(token => !Parts.Contains(token)).ToList();
            var whole = names.FirstOrDefault(pair => pair.Value.Any(Wholes.Contains) && pair.Value.Where(token => !Wholes.Contains(token)).SequenceEqual(rest)).Key;
            if (whole is not null && Number(row[name]) is { } part && Number(row[whole]) is { } all && part > all)
            {
                TrySet(row, name, Math.Floor(all * 0.6), schemaOf(name));
            }
        }
    }

    private static void AddUp(JsonObject row, Dictionary<string, IReadOnlyList<string>> names, Func<string, JsonElement> schemaOf)
    {
        var called = names.GroupBy(pair => string.Join('_', pair.Value), StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Key, StringComparer.Ordinal);
        string? Find(string[] words) => words.Select(word => called.GetValueOrDefault(word)).FirstOrDefault(name => name is not null && Number(row[name]) is not null);
        double Of(string? name) => name is null ? 0 : Number(row[name]) ?? 0;

        if (Find(Prices) is { } price && Find(Quantities) is { } quantity && Find(Lines) is { } line && line != price)
        {
            TrySet(row, line, Of(price) * Of(quantity), schemaOf(line));
            return;
        }

        double? sum = null;
        foreach (var items in row.Select(property => property.Value).OfType<JsonArray>())
        {
            var lines = items.OfType<JsonObject>().Select(LineOf).ToList();
            if (lines.Count > 0 && lines.All(value => value is not null))
            {
                sum = lines.Sum();
                break;
            }
        }

        var (total, subtotal) = (Find(Totals), Find(Subtotals));
        var (tax, extra, discount) = (Find(Taxes), Find(Extras), Find(Discounts));
        if (sum is { } goods && (subtotal ?? total) is { } first)
        {
            TrySet(row, first, goods, schemaOf(first));
        }

        if (total is null || subtotal is null)
        {
            return;
        }

        foreach (var part in new[] { (tax, 0.1), (extra, 0.05), (discount, 0.1) }.Where(part => part.Item1 is not null && Of(part.Item1) > Of(subtotal) * 0.5))
        {
            TrySet(row, part.Item1!, Math.Round(Of(subtotal) * part.Item2, ResultReader.TypeOf(schemaOf(part.Item1!)) == "integer" ? 0 : 2), schemaOf(part.Item1!));
        }

        TrySet(row, total, Math.Round(Of(subtotal) + Of(tax) + Of(extra) - Of(discount), 2), schemaOf(total));
    }

    /// <summary>What a line of an order comes to: its own total, or price by quantity.</summary>
    private static double? LineOf(JsonObject item)
    {
        double? At(string[] words) => item.Where(property => words.Contains(string.Join('_', Words.Tokens(property.Key)))).Select(property => Number(property.Value)).FirstOrDefault(value => value is not null);
        return At(Quantities) is { } quantity ? At(Prices) is { } price ? Math.Round(price * quantity, 2) : At(Lines) : null;
    }

    private static void CountItems(JsonObject row, Dictionary<string, IReadOnlyList<string>> names, Func<string, JsonElement> schemaOf)
    {
        foreach (var (name, tokens) in names.Where(pair => Number(row[pair.Key]) is not null))
        {
            if (Counted(tokens) is { } what && names.FirstOrDefault(pair => row[pair.Key] is JsonArray && pair.Value.Count > 0 && Words.Singular(string.Join('_', pair.Value)) == what).Key is { } list)
            {
                TrySet(row, name, ((JsonArray)row[list]!).Count, schemaOf(name));
            }
        }
    }

    /// <summary>Whether a count may be any number from 0 on.</summary>
    public static bool IsFree(JsonElement schema) => !schema.TryGetProperty("maximum", out _) && FieldSchemas.EnumOf(schema).Count == 0
        && !(schema.TryGetProperty("minimum", out var least) && least.TryGetDouble(out var minimum) && minimum > 0);

    /// <summary>What a count is of, in the singular: <c>item</c> for <c>items_count</c>, <c>num_items</c>, <c>number_of_items</c>; null if the name is no count.</summary>
    public static string? Counted(IReadOnlyList<string> tokens)
    {
        var words = tokens.ToList();
        if (words.Count > 1 && words[^1] is "count" or "total")
        {
            words.RemoveAt(words.Count - 1);
        }
        else if (words.Count > 2 && words[0] == "number" && words[1] == "of")
        {
            words.RemoveRange(0, 2);
        }
        else if (words.Count > 1 && words[0] is "num" or "total" or "count")
        {
            words.RemoveAt(0);
        }
        else
        {
            return null;
        }

        return words.Count == 0 ? null : Words.Singular(string.Join('_', words));
    }

    private static double? Number(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? JsonSerializer.SerializeToElement(value).GetDouble() : null;

    private static bool Allows(JsonElement schema, JsonNode value) =>
        schema.ValueKind == JsonValueKind.Object && JsonSchema.Compile(schema).Validate(JsonSerializer.SerializeToElement(value)).Count == 0;
}
