using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using AgentScaler.Json;

namespace AgentScaler.Campaigns;

/// <summary>Words for what a setting may be and for what was found instead.</summary>
internal static partial class Expectation
{
    private const int LongestShown = 60;

    /// <summary>What a value of a type and range looks like.</summary>
    public static string Of(Type type, RangeAttribute? range, StringLengthAttribute? length) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var known when known == typeof(int) || known == typeof(long) => "a whole number" + Bounds(range),
        var known when known == typeof(double) => "a number" + Bounds(range),
        var known when known == typeof(bool) => "true or false",
        var known when known == typeof(DateTimeOffset) => "a time with its offset, such as \"2025-06-16T09:00:00+00:00\"",
        var known when known == typeof(Uri) => "an address, such as \"http://localhost:8000/v1\"",
        { IsEnum: true } known => "one of " + string.Join(", ", Enum.GetValues(known).Cast<object>().Select(value => JsonSerializer.Serialize(value, ArtifactJson.Options))),
        _ when length is not null => $"a text of {length.MinimumLength}-{length.MaximumLength} characters",
        _ => "a text",
    };

    /// <summary>A JSON value as people should see it in an error, cut if long.</summary>
    public static string Show(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            _ => value.GetRawText(),
        };
        return text.Length <= LongestShown ? text : text[..LongestShown] + "...";
    }

    /// <summary>A number as JSON writes it.</summary>
    public static string Show(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A setting's value as a number, or null if it is none.</summary>
    public static double? Number(object? value) => value is int or long or double ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;

    /// <summary>Whether a time names its offset; without one it would mean another instant on each machine.</summary>
    public static bool HasOffset(string time) => Offset().IsMatch(time);

    /// <summary>A member's attribute of a type, or null.</summary>
    public static T? Attribute<T>(JsonPropertyInfo? property)
        where T : Attribute =>
        property?.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: true).OfType<T>().FirstOrDefault();

    private static string Bounds(RangeAttribute? range)
    {
        if (range is null)
        {
            return string.Empty;
        }

        var minimum = Convert.ToString(range.Minimum, CultureInfo.InvariantCulture);
        return range.Maximum is double.MaxValue
            ? (range.MinimumIsExclusive ? " above " : " from ") + minimum
            : $" from {minimum} to {Convert.ToString(range.Maximum, CultureInfo.InvariantCulture)}";
    }

    [GeneratedRegex(@"(?:[Zz]|[+-]\d\d:\d\d)\z")]
    private static partial Regex Offset();
}
