using System.Globalization;
using Bogus;

namespace AgentScaler.Environments.Materialisation.Values.Locales;

/// <summary>
/// International bank account numbers of a locale's country with the check digits of ISO 13616 (remainder 97); what countries check within the account is not met, so they are no
/// real accounts. Where a country has no IBANs, accounts are in Germany.
/// </summary>
internal static class Iban
{
    private const string GermanAccount = "##################";

    /// <summary>An IBAN, without spaces.</summary>
    public static string Of(Locale locale, Randomizer drawn)
    {
        var (country, form) = locale.Account is { } own ? (locale.Places[0].Alpha2, own) : ("DE", GermanAccount);
        var account = drawn.Replace(form).ToUpperInvariant();
        return country + (98 - Remainder(account + country + "00")).ToString("00", CultureInfo.InvariantCulture) + account;
    }

    /// <summary>Whether a text is an IBAN by its check digits.</summary>
    public static bool IsValid(string text) => text.Length > 4 && text.All(char.IsAsciiLetterOrDigit) && Remainder(text[4..] + text[..4]) == 1;

    private static int Remainder(string text) => text.Aggregate(0, (rest, c) =>
        char.IsAsciiDigit(c) ? ((rest * 10) + (c - '0')) % 97 : ((rest * 100) + (char.ToUpperInvariant(c) - 'A' + 10)) % 97);
}
