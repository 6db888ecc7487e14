using System.Globalization;
using System.Text.Json;

namespace AgentScaler.Tasks.Wording;

/// <summary>
/// Values that people of different places write in different ways: days (<c>2025-07-09</c>: July 9, 2025; 9 July 2025; 2025年7月9日) and large numbers (73529.5: 73,529.5). Only what can be
/// turned back into the value in one way: moments with a time stay as they are, and so does a day whose parameter does not say by its format that it is one.
/// </summary>
internal static class SpokenForms
{
    private const string Iso = "yyyy-MM-dd";
    private const decimal SmallestGrouped = 10_000;
    private static readonly string[] Days = ["MMMM d, yyyy", "d MMMM yyyy", "yyyy'年'M'月'd'日'"];

    /// <summary>How a user of a language says a value; null where it says it as it is.</summary>
    /// <param name="schema">The parameter's, or null.</param>
    public static string? Of(JsonElement value, JsonElement? schema, RequestManner manner)
    {
        var style = manner.IsChinese ? 2 : manner.Language.Equals("en-US", StringComparison.OrdinalIgnoreCase) ? 0 : manner.Language.Equals("en-GB", StringComparison.OrdinalIgnoreCase) ? 1 : -1;
        return style < 0 ? null : value.ValueKind switch
        {
            JsonValueKind.String when IsDay(schema) && Day(value.GetString()!) is { } day => day.ToString(Days[style], CultureInfo.InvariantCulture),
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
        else if (Grouped(scalar) is { } grouped)
        {
            yield return grouped;
        }
    }

    private static bool IsDay(JsonElement? schema) => schema is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty("format", out var format) && format.ValueEquals("date");

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, Iso, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

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
