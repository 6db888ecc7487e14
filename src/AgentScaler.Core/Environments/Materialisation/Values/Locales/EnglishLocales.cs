namespace AgentScaler.Environments.Materialisation.Values.Locales;

/// <summary>Locales of English. Fictitious telephone numbers: NANP 555-01xx, Ofcom (01632 960), ComReg (020 91x), ACMA (5550).</summary>
internal static class EnglishLocales
{
    private const string NumberFirst = "{1} {0}";
    private static readonly BogusNames English = new("en");

    private static readonly string[] NorthAmericanStreets =
    [
        "Maple Avenue", "Oak Street", "Cedar Lane", "Elm Street", "Washington Boulevard", "Park Avenue", "Lakeview Drive", "Hillcrest Road", "Mill Street", "Sunset Drive", "Church Street",
        "Chestnut Avenue", "River Road", "Franklin Street", "Highland Avenue", "Prospect Street", "Meadow Lane", "Willow Court",
    ];

    private static readonly string[] BritishStreets =
    [
        "High Street", "Church Lane", "Station Road", "Victoria Road", "Mill Lane", "Park Road", "Queens Road", "Albert Street", "Manor Road", "Green Lane", "Kingsway", "New Street", "Grange Road",
        "The Crescent", "Springfield Road", "Chapel Street",
    ];

    private static readonly Spelt[] Firms = [.. new[] { "{0} Inc", "{0} and Sons", "{0} Group", "{0} LLC", "{0} and {1}", "{0} - {1}" }.Select(form => new Spelt(form, form))];
    private static readonly Spelt[] LimitedFirms = [.. new[] { "{0} Ltd", "{0} and Sons", "{0} Group", "{0} and {1}", "{0} Partners" }.Select(form => new Spelt(form, form))];

    /// <summary>The locales.</summary>
    public static readonly IReadOnlyList<Locale> All =
    [
        new("en-US", English,
        [
            new("Austin", "Texas", "TX", "787##", "United States", "US", "USA", "USD", "America/Chicago", "en", "1", 30.27, -97.74),
            new("Boston", "Massachusetts", "MA", "021##", "United States", "US", "USA", "USD", "America/New_York", "en", "1", 42.36, -71.06),
            new("Chicago", "Illinois", "IL", "606##", "United States", "US", "USA", "USD", "America/Chicago", "en", "1", 41.88, -87.63),
            new("Denver", "Colorado", "CO", "802##", "United States", "US", "USA", "USD", "America/Denver", "en", "1", 39.74, -104.99),
            new("Portland", "Oregon", "OR", "972##", "United States", "US", "USA", "USD", "America/Los_Angeles", "en", "1", 45.52, -122.68),
            new("Seattle", "Washington", "WA", "981##", "United States", "US", "USA", "USD", "America/Los_Angeles", "en", "1", 47.61, -122.33),
            new("San Diego", "California", "CA", "921##", "United States", "US", "USA", "USD", "America/Los_Angeles", "en", "1", 32.72, -117.16),
        ])
        {
            Streets = NorthAmericanStreets, StreetForm = NumberFirst, MostNumber = 2400, Phones = ["+1-###-555-01##"], Companies = Firms,
        },
        new("en-CA", English,
        [
            new("Toronto", "Ontario", "ON", "M5? 2?#", "Canada", "CA", "CAN", "CAD", "America/Toronto", "en", "1", 43.65, -79.38),
            new("Calgary", "Alberta", "AB", "T2? 1?#", "Canada", "CA", "CAN", "CAD", "America/Edmonton", "en", "1", 51.05, -114.07),
            new("Vancouver", "British Columbia", "BC", "V6? 3?#", "Canada", "CA", "CAN", "CAD", "America/Vancouver", "en", "1", 49.28, -123.12),
            new("Halifax", "Nova Scotia", "NS", "B3? 2?#", "Canada", "CA", "CAN", "CAD", "America/Halifax", "en", "1", 44.65, -63.57),
        ])
        {
            Streets = NorthAmericanStreets, StreetForm = NumberFirst, MostNumber = 2400, Phones = ["+1-###-555-01##"], Companies = Firms,
        },
        new("en-GB", English,
        [
            new("Leeds", "England", "ENG", "LS# #??", "United Kingdom", "GB", "GBR", "GBP", "Europe/London", "en", "44", 53.8, -1.55),
            new("Bristol", "England", "ENG", "BS# #??", "United Kingdom", "GB", "GBR", "GBP", "Europe/London", "en", "44", 51.45, -2.59),
            new("Edinburgh", "Scotland", "SCT", "EH# #??", "United Kingdom", "GB", "GBR", "GBP", "Europe/London", "en", "44", 55.95, -3.19),
            new("Cardiff", "Wales", "WLS", "CF# #??", "United Kingdom", "GB", "GBR", "GBP", "Europe/London", "en", "44", 51.48, -3.18),
        ])
        {
            Streets = BritishStreets, StreetForm = NumberFirst, Phones = ["+44-1632-960###"], Companies = LimitedFirms, Account = "????##############",
        },
        new("en-IE", English,
        [
            new("Dublin", "Leinster", "L", "D0# ??##", "Ireland", "IE", "IRL", "EUR", "Europe/Dublin", "en", "353", 53.35, -6.26),
            new("Cork", "Munster", "M", "T12 ??##", "Ireland", "IE", "IRL", "EUR", "Europe/Dublin", "en", "353", 51.9, -8.47),
            new("Galway", "Connacht", "C", "H91 ??##", "Ireland", "IE", "IRL", "EUR", "Europe/Dublin", "en", "353", 53.27, -9.05),
        ])
        {
            Streets = BritishStreets, StreetForm = NumberFirst, Phones = ["+353-20-91#-####"], Companies = LimitedFirms, Account = "????##############",
        },
        new("en-AU", new BogusNames("en_AU"),
        [
            new("Melbourne", "Victoria", "VIC", "30##", "Australia", "AU", "AUS", "AUD", "Australia/Melbourne", "en", "61", -37.81, 144.96),
            new("Brisbane", "Queensland", "QLD", "40##", "Australia", "AU", "AUS", "AUD", "Australia/Brisbane", "en", "61", -27.47, 153.03),
            new("Adelaide", "South Australia", "SA", "50##", "Australia", "AU", "AUS", "AUD", "Australia/Adelaide", "en", "61", -34.93, 138.6),
        ])
        {
            Streets = BritishStreets, StreetForm = NumberFirst, Phones = ["+61-2-5550-####", "+61-3-5550-####"], Companies = LimitedFirms,
        },
        new("en-IN", new BogusNames("en_IND"),
        [
            new("Pune", "Maharashtra", "MH", "4110##", "India", "IN", "IND", "INR", "Asia/Kolkata", "en", "91", 18.52, 73.86),
            new("Bengaluru", "Karnataka", "KA", "5600##", "India", "IN", "IND", "INR", "Asia/Kolkata", "en", "91", 12.97, 77.59),
            new("Jaipur", "Rajasthan", "RJ", "3020##", "India", "IN", "IND", "INR", "Asia/Kolkata", "en", "91", 26.91, 75.79),
        ])
        {
            Streets = ["MG Road", "Station Road", "Nehru Road", "Gandhi Marg", "Lake Road", "Temple Street", "Link Road", "Park Street", "College Road", "Residency Road"],
            StreetForm = NumberFirst, Phones = ["+91-###-555-01##"],
            Companies = [.. new[] { "{0} Pvt Ltd", "{0} and Sons", "{0} Industries", "{0} and {1}" }.Select(form => new Spelt(form, form))],
        },
    ];
}
