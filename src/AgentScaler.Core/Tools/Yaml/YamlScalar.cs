using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AgentScaler.Tools.Yaml;

/// <summary>
/// Scalars by YAML 1.2's core schema: <c>on</c>, <c>yes</c>, <c>=</c> and dates are strings; what JSON has no number for (<c>.inf</c>) stays text.
/// </summary>
internal static partial class YamlScalar
{
    public static void Write(Utf8JsonWriter writer, Scalar scalar)
    {
        if (!IsPlain(scalar))
        {
            writer.WriteStringValue(scalar.Value);
            return;
        }

        switch (scalar.Value)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                writer.WriteNullValue();
                break;
            case "true" or "True" or "TRUE":
                writer.WriteBooleanValue(true);
                break;
            case "false" or "False" or "FALSE":
                writer.WriteBooleanValue(false);
                break;
            case var text when Number(text) is { } number:
                writer.WriteRawValue(number, skipInputValidation: true);
                break;
            case var text:
                writer.WriteStringValue(text);
                break;
        }
    }

    /// <summary>Quoted and block scalars are text, as is what a tag other than a number's or truth value's marks.</summary>
    private static bool IsPlain(Scalar scalar) => scalar.Tag.IsEmpty
        ? scalar.Style is ScalarStyle.Plain or ScalarStyle.Any
        : !scalar.Tag.IsNonSpecific
            && scalar.Tag.Value is "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float" or "tag:yaml.org,2002:bool" or "tag:yaml.org,2002:null";

    /// <summary>The JSON number a text is by the core schema, or null.</summary>
    private static string? Number(string text)
    {
        if (text[0] is not ((>= '0' and <= '9') or '-' or '+' or '.') || text.Length > 400)
        {
            return null;
        }

        if (Whole().Match(text) is { Success: true } whole)
        {
            return Sign(text) + Digits(whole.Groups[1].Value);
        }

        if (text.StartsWith("0x", StringComparison.Ordinal) || text.StartsWith("0o", StringComparison.Ordinal))
        {
            return Based(text);
        }

        if (Fraction().Match(text) is not { Success: true } fraction)
        {
            return null;
        }

        var digits = fraction.Groups[2].Value;
        return Sign(text) + Digits(fraction.Groups[1].Value) + (digits.Length > 0 ? "." + digits : "") + fraction.Groups[3].Value;
    }

    private static string Sign(string text) => text[0] == '-' ? "-" : "";

    private static string Digits(string digits) => digits.TrimStart('0') is { Length: > 0 } significant ? significant : "0";

    private static string? Based(string text)
    {
        var radix = text[1] == 'x' ? 16 : 8;
        var value = System.Numerics.BigInteger.Zero;
        foreach (var c in text.AsSpan(2))
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
            {
                return null;
            }

            value = (value * radix) + digit;
        }

        return text.Length > 2 ? value.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"\A[-+]?([0-9]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\A[-+]?(?=\.?[0-9])([0-9]*)(?:\.([0-9]*))?([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Fraction();
}
