using System.Globalization;
using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Tools;
using Bogus;

namespace AgentScaler.Environments.Materialisation.Values.Locales;

/// <summary>What persons, companies and addresses of one language and country are like.</summary>
/// <param name="Tag">Its BCP 47 tag.</param>
/// <param name="Names">What people there are called.</param>
/// <param name="Places">Places there, all of one country.</param>
internal sealed record Locale(string Tag, PersonNames Names, IReadOnlyList<Place> Places)
{
    private static readonly string[] Clues = ["city", "town", "country", "nationality", "phone", "mobile", "telephone"];

    /// <summary>Names of streets.</summary>
    public required IReadOnlyList<string> Streets { get; init; }

    /// <summary>How a street and a number go together: <c>{0}</c> is the street, <c>{1}</c> the number.</summary>
    public required string StreetForm { get; init; }

    /// <summary>The highest number in a street.</summary>
    public int MostNumber { get; init; } = 120;

    /// <summary>Telephone numbers that nobody has, <c>#</c> any digit: from the ranges that the country keeps free for fiction, where it publishes one; else of a form that is not in use.</summary>
    public required IReadOnlyList<string> Phones { get; init; }

    /// <summary>Names of companies and how they are spelt in ASCII: <c>{0}</c> and <c>{1}</c> are names of founders.</summary>
    public required IReadOnlyList<Spelt> Companies { get; init; }

    /// <summary>A bank account as the country has it within an IBAN: <c>#</c> any digit, <c>?</c> any capital letter; null where there are no IBANs.</summary>
    public string? Account { get; init; }

    /// <summary>Whether addresses are written without spaces, the city first.</summary>
    public bool IsCityFirst { get; init; }

    /// <summary>A street with a number.</summary>
    public string Street(SeededRandom random) => Filled(StreetForm, random.Pick(Streets), random.Between(1, MostNumber).ToString(CultureInfo.InvariantCulture));

    /// <summary>A street in a city.</summary>
    public string Address(string city, SeededRandom random) => IsCityFirst ? city + Street(random) : $"{Street(random)}, {city}";

    /// <summary>A company.</summary>
    public Company Company(SeededRandom random, Randomizer drawn)
    {
        var form = random.Pick(Companies);
        var (one, other) = (Names.Founder(random, drawn), Names.Founder(random, drawn));
        return new Company(
            new Spelt(Filled(form.Text, one.Text, other.Text), Filled(form.Plain, one.Plain, other.Plain)), string.Concat(one.Plain.Where(char.IsAsciiLetter)).ToLowerInvariant());
    }

    /// <summary>Whether a row's city, country or telephone number is of here.</summary>
    public bool IsOf(JsonElement row) => row.ValueKind == JsonValueKind.Object && row.EnumerateObject().Any(property =>
        property.Value.ValueKind == JsonValueKind.String && Words.Tokens(property.Name) is var tokens && tokens.Any(Clues.Contains) && !tokens.Any(Subject.IsOfTravel) && Tells(property.Value.GetString()!));

    private static string Filled(string form, string first, string second) => form.Replace("{0}", first, StringComparison.Ordinal).Replace("{1}", second, StringComparison.Ordinal);

    private bool Tells(string text) => Places.Any(place => text == place.City || text == place.Country || text == place.Alpha2 || text == place.Alpha3)
        || text.StartsWith($"+{Places[0].Dial}-", StringComparison.Ordinal);
}
