using System.Globalization;
using System.Numerics;
using System.Text;

namespace AgentScaler.Json;

/// <summary>Numbers in their one canonical text: integers as digits, floats as the shortest text that reads back to the same double.</summary>
internal static class CanonicalNumber
{
    /// <summary>Appends the canonical text of one JSON number literal.</summary>
    /// <param name="literal">The number as it stands in the document, e.g. <c>1.50</c>, <c>1e3</c>, <c>12345678901234567890</c>.</param>
    public static void Append(StringBuilder target, ReadOnlySpan<char> literal, NumberForm form)
    {
        if (literal.IndexOfAny('.', 'e', 'E') < 0)
        {
            target.Append(literal is "-0" && form == NumberForm.Loose ? "0" : literal);
            return;
        }

        var value = double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            // Beyond a double's range: the literal itself is the only faithful text.
            target.Append(literal);
        }
        else if (form == NumberForm.Loose && double.IsInteger(value))
        {
            target.Append(Math.Abs(value) < 1e15
                ? ((long)value).ToString(CultureInfo.InvariantCulture)
                : new BigInteger(value).ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            AppendShortest(target, value);
        }
    }

    /// <summary>Python's <c>repr(float)</c>: shortest round trip, exponent below 1e-4 and from 1e16 on, <c>.0</c> kept.</summary>
    public static void AppendShortest(StringBuilder target, double value)
    {
        if (value == 0)
        {
            target.Append(double.IsNegative(value) ? "-0.0" : "0.0");
            return;
        }

        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var digits = SignificantDigits(shortest);
        var exponent = DecimalExponent(shortest);
        if (value < 0)
        {
            target.Append('-');
        }

        if (exponent is < -4 or >= 16)
        {
            target.Append(digits[0]);
            if (digits.Length > 1)
            {
                target.Append('.').Append(digits, 1, digits.Length - 1);
            }

            target.Append('e').Append(exponent < 0 ? '-' : '+').Append(Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture));
        }
        else if (exponent < 0)
        {
            target.Append("0.").Append('0', -exponent - 1).Append(digits);
        }
        else if (digits.Length <= exponent + 1)
        {
            target.Append(digits).Append('0', exponent + 1 - digits.Length).Append(".0");
        }
        else
        {
            target.Append(digits, 0, exponent + 1).Append('.').Append(digits, exponent + 1, digits.Length - exponent - 1);
        }
    }

    private static string SignificantDigits(string shortest)
    {
        var mantissa = shortest.AsSpan();
        var e = mantissa.IndexOf('E');
        if (e >= 0)
        {
            mantissa = mantissa[..e];
        }

        var digits = new StringBuilder(mantissa.Length);
        foreach (var c in mantissa)
        {
            if (char.IsAsciiDigit(c))
            {
                digits.Append(c);
            }
        }

        return digits.ToString().TrimStart('0').TrimEnd('0');
    }

    /// <summary>The power of ten of the first significant digit.</summary>
    private static int DecimalExponent(string shortest)
    {
        var e = shortest.IndexOf('E');
        if (e >= 0)
        {
            return int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        var text = shortest.AsSpan().TrimStart('-');
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        if (whole is not "0")
        {
            return whole.Length - 1;
        }

        var fraction = text[(point + 1)..];
        return -fraction.IndexOfAnyExcept('0') - 1;
    }
}
