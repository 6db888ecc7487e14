using System.Globalization;
using System.Text.Json;

namespace AgentScaler.Tasks.Wording;

/// <summary>
/// Values that people of different places write in different ways: days (<c>2025-07-09</c>: July 9, 2025; 9 July 2025; 2025年7月9日), moments of UTC to the second
/// (<c>2025-07-09T15:04:00Z</c>: July 9, 2025 at 3:04 PM UTC; 9 July 2025 at 15:04 UTC) and large numbers (73529.5: 73,529.5). Only what can be turned back into the value in one way: a day or
/// moment whose parameter does not say by its format that it is one stays as it is.
/// </summary>
internal static class SpokenForms
{
    private const string Iso = "yyyy-MM-dd";
    private const decimal SmallestGrouped = 10_000;
    private const string IsoMoment = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private static readonly string[] Days = ["MMMM d, yyyy", "d MMMM yyyy", "yyyy'年'M'月'd'日'"];

    /// <summary>Moments of a whole minute, and others.</summary>
    private static readonly (string Minute, string Second)[] Moments =
    [
        ("MMMM d, yyyy 'at' h:mm tt 'UTC'", "MMMM d, yyyy 'at' h:mm:ss tt 'UTC'"), ("d MMMM yyyy 'at' HH:mm 'UTC'", "d MMMM yyyy 'at' HH:mm:ss 'UTC'"),
        ("yyyy'年'M'月'd'日'HH:mm'（UTC）'", "yyyy'年'M'月'd'日'HH:mm:ss'（UTC）'"),
    ];

    /// <summary>How a user of a language says a value; null where it says it as it is.</summary>
    /// <param name="schema">The parameter's, or null.</param>
    public static string? Of(JsonElement value, JsonElement? schema, RequestManner manner)
    {
        var style = manner.IsChinese ? 2 : manner.Language.Equals("en-US", StringComparison.OrdinalIgnoreCase) ? 0 : manner.Language.Equals("en-GB", StringComparison.OrdinalIgnoreCase) ? 1 : -1;
        return style < 0 ? null : value.ValueKind switch
        {
            JsonValueKind.String when HasFormat(schema, "date") && Day(value.GetString()!) is { } day => day.ToString(Days[style], CultureInfo.InvariantCulture),
            JsonValueKind.String when HasFormat(schema, "date-time") && Moment(value.GetString()!) is { } moment => Said(moment, style),
            JsonValueKind.Number when !manner.IsChinese => Grouped(value.GetRawText()),
            _ => null,
        };
    }

    /// <summary>All ways in which a scalar may stand in a text, the scalar itself first.</summary>
    public static IEnumerable<string> Of(string scalar)
    {
        yield return scalar;
        if (Day(scalar) is { } day)
        {
            foreach (var form in Days)
            {
                yield return day.ToString(form, CultureInfo.InvariantCulture);
            }
        }
        else if (Moment(scalar) is { } moment)
        {
            for (var style = 0; style < Moments.Length; style++)
            {
                yield return Said(moment, style);
            }
        }
        else if (Grouped(scalar) is { } grouped)
        {
            yield return grouped;
        }
    }

    private static bool HasFormat(JsonElement? schema, string wanted) =>
        schema is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty("format", out var format) && format.ValueKind == JsonValueKind.String && format.ValueEquals(wanted);

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, Iso, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static DateTime? Moment(string text) =>
        DateTime.TryParseExact(text, IsoMoment, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    private static string Said(DateTime moment, int style) => moment.ToString(moment.Second == 0 ? Moments[style].Minute : Moments[style].Second, CultureInfo.InvariantCulture);

    /// <summary>A number with commas between thousands; null for small ones, and for texts that are no plain number.</summary>
    private static string? Grouped(string text)
    {
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || Math.Abs(number) < SmallestGrouped)
        {
            return null;
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        return decimal.Truncate(number).ToString("#,0", CultureInfo.InvariantCulture) + (point < 0 ? "" : text[point..]);
    }
}
