using System.Globalization;
using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Calls;

/// <summary>Values for parameters that bound a field, so that a given row lies within: a few days or a little above or below what the row has.</summary>
internal static class BoundValues
{
    /// <summary>A bound within which a row's value lies; null if the row has none, or the parameter can't be on that side of it.</summary>
    public static JsonElement? Around(JsonElement row, RangeBound bound, JsonElement schema, SeededRandom random)
    {
        if (!row.TryGetProperty(bound.Field, out var held))
        {
            return null;
        }

        var sign = bound.Operator[0] == '>' ? -1 : 1;
        var value = (held.ValueKind, ResultReader.TypeOf(schema)) switch
        {
            (JsonValueKind.Number, "integer" or "number") => Number(held, sign, random),
            (JsonValueKind.String, "string") => Time(held.GetString()!, schema, sign, random),
            _ => (JsonElement?)null,
        };
        return value is { } fitting && FieldSchemas.Allows(schema, fitting) ? fitting : null;
    }

    private static JsonElement? Number(JsonElement held, int sign, SeededRandom random)
    {
        var step = Math.Max(1, Math.Floor(Math.Abs(held.GetDouble()) / 10)) * random.Between(1, 3);
        var bound = Math.Floor(held.GetDouble()) + (sign * step) + (sign > 0 ? 1 : 0);
        return JsonSerializer.SerializeToElement(held.GetDouble() >= 0 && bound < 0 ? 0 : (long)bound);
    }

    /// <summary>Some days before or after a time, as a date unless the parameter wants a time.</summary>
    private static JsonElement? Time(string held, JsonElement schema, int sign, SeededRandom random)
    {
        if (!DateTimeOffset.TryParse(held, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return null;
        }

        var day = time.Date.AddDays(sign * random.Between(1, 14));
        var isTime = schema.TryGetProperty("format", out var format) && format.ValueKind == JsonValueKind.String && format.GetString() == "date-time";
        return JsonSerializer.SerializeToElement(day.ToString(isTime ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}
