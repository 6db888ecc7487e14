namespace AgentScaler.Environments.Materialisation.Values;

/// <summary>A real place, so that a row's city, region, post code, country, currency, time zone and coordinates belong together.</summary>
/// <param name="Zip">Its post codes: <c>#</c> is any digit, <c>?</c> any capital letter.</param>
/// <param name="Dial">The country's calling code.</param>
internal sealed record Place(
    string City, string Region, string RegionCode, string Zip, string Country, string Alpha2, string Alpha3, string Currency, string TimeZone, string Language,
    string Dial, double Latitude, double Longitude);
