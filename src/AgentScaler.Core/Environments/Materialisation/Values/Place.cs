namespace AgentScaler.Environments.Materialisation.Values;

/// <summary>A real place, so that a row's city, region, post code, country, currency, time zone and coordinates belong together.</summary>
/// <param name="Zip">Its post codes: <c>#</c> is any digit, <c>?</c> any capital letter.</param>
/// <param name="Dial">The country's calling code.</param>
internal sealed record Place(
    string City, string Region, string RegionCode, string Zip, string Country, string Alpha2, string Alpha3, string Currency, string TimeZone, string Language,
    string Dial, double Latitude, double Longitude)
{
    /// <summary>Places to draw from.</summary>
    public static readonly IReadOnlyList<Place> All =
    [
        new("Austin", "Texas", "TX", "787##", "United States", "US", "USA", "USD", "America/Chicago", "en", "1", 30.27, -97.74),
        new("Boston", "Massachusetts", "MA", "021##", "United States", "US", "USA", "USD", "America/New_York", "en", "1", 42.36, -71.06),
        new("Chicago", "Illinois", "IL", "606##", "United States", "US", "USA", "USD", "America/Chicago", "en", "1", 41.88, -87.63),
        new("Denver", "Colorado", "CO", "802##", "United States", "US", "USA", "USD", "America/Denver", "en", "1", 39.74, -104.99),
        new("Portland", "Oregon", "OR", "972##", "United States", "US", "USA", "USD", "America/Los_Angeles", "en", "1", 45.52, -122.68),
        new("Seattle", "Washington", "WA", "981##", "United States", "US", "USA", "USD", "America/Los_Angeles", "en", "1", 47.61, -122.33),
        new("San Diego", "California", "CA", "921##", "United States", "US", "USA", "USD", "America/Los_Angeles", "en", "1", 32.72, -117.16),
        new("Toronto", "Ontario", "ON", "M5? 2?#", "Canada", "CA", "CAN", "CAD", "America/Toronto", "en", "1", 43.65, -79.38),
        new("Montreal", "Quebec", "QC", "H2? 1?#", "Canada", "CA", "CAN", "CAD", "America/Toronto", "fr", "1", 45.5, -73.57),
        new("Leeds", "England", "ENG", "LS# #??", "United Kingdom", "GB", "GBR", "GBP", "Europe/London", "en", "44", 53.8, -1.55),
        new("Bristol", "England", "ENG", "BS# #??", "United Kingdom", "GB", "GBR", "GBP", "Europe/London", "en", "44", 51.45, -2.59),
        new("Edinburgh", "Scotland", "SCT", "EH# #??", "United Kingdom", "GB", "GBR", "GBP", "Europe/London", "en", "44", 55.95, -3.19),
        new("Dublin", "Leinster", "L", "D0# ??##", "Ireland", "IE", "IRL", "EUR", "Europe/Dublin", "en", "353", 53.35, -6.26),
        new("Berlin", "Berlin", "BE", "101##", "Germany", "DE", "DEU", "EUR", "Europe/Berlin", "de", "49", 52.52, 13.41),
        new("Munich", "Bavaria", "BY", "803##", "Germany", "DE", "DEU", "EUR", "Europe/Berlin", "de", "49", 48.14, 11.58),
        new("Hamburg", "Hamburg", "HH", "203##", "Germany", "DE", "DEU", "EUR", "Europe/Berlin", "de", "49", 53.55, 9.99),
        new("Lyon", "Auvergne-Rhone-Alpes", "ARA", "6900#", "France", "FR", "FRA", "EUR", "Europe/Paris", "fr", "33", 45.76, 4.84),
        new("Nantes", "Pays de la Loire", "PDL", "44###", "France", "FR", "FRA", "EUR", "Europe/Paris", "fr", "33", 47.22, -1.55),
        new("Madrid", "Madrid", "MD", "280##", "Spain", "ES", "ESP", "EUR", "Europe/Madrid", "es", "34", 40.42, -3.7),
        new("Valencia", "Valencia", "VC", "460##", "Spain", "ES", "ESP", "EUR", "Europe/Madrid", "es", "34", 39.47, -0.38),
        new("Turin", "Piedmont", "21", "101##", "Italy", "IT", "ITA", "EUR", "Europe/Rome", "it", "39", 45.07, 7.69),
        new("Utrecht", "Utrecht", "UT", "35## ??", "Netherlands", "NL", "NLD", "EUR", "Europe/Amsterdam", "nl", "31", 52.09, 5.12),
        new("Zurich", "Zurich", "ZH", "80##", "Switzerland", "CH", "CHE", "CHF", "Europe/Zurich", "de", "41", 47.37, 8.54),
        new("Gothenburg", "Vastra Gotaland", "O", "41# ##", "Sweden", "SE", "SWE", "SEK", "Europe/Stockholm", "sv", "46", 57.71, 11.97),
        new("Osaka", "Osaka", "27", "530-00##", "Japan", "JP", "JPN", "JPY", "Asia/Tokyo", "ja", "81", 34.69, 135.5),
        new("Sapporo", "Hokkaido", "01", "060-00##", "Japan", "JP", "JPN", "JPY", "Asia/Tokyo", "ja", "81", 43.06, 141.35),
        new("Melbourne", "Victoria", "VIC", "30##", "Australia", "AU", "AUS", "AUD", "Australia/Melbourne", "en", "61", -37.81, 144.96),
        new("Brisbane", "Queensland", "QLD", "40##", "Australia", "AU", "AUS", "AUD", "Australia/Brisbane", "en", "61", -27.47, 153.03),
        new("Pune", "Maharashtra", "MH", "4110##", "India", "IN", "IND", "INR", "Asia/Kolkata", "en", "91", 18.52, 73.86),
        new("Curitiba", "Parana", "PR", "80###-###", "Brazil", "BR", "BRA", "BRL", "America/Sao_Paulo", "pt", "55", -25.43, -49.27),
    ];
}
