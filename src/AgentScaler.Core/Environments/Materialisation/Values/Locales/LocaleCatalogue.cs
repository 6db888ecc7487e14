using System.Text.Json;

namespace AgentScaler.Environments.Materialisation.Values.Locales;

/// <summary>The locales that rows can be of.</summary>
internal static class LocaleCatalogue
{
    /// <summary>All of them, sorted by tag.</summary>
    public static readonly IReadOnlyList<Locale> All =
        [.. EnglishLocales.All.Concat(EuropeanLocales.All).Concat(AmericanLocales.All).Concat(EastAsianLocales.All).OrderBy(locale => locale.Tag, StringComparer.Ordinal)];

    /// <summary>Where rows are of that say nothing of it.</summary>
    public static readonly Locale Home = Find("en-US")!;

    /// <summary>The tags, as a list for people.</summary>
    public static string Known => string.Join(", ", All.Select(locale => locale.Tag));

    /// <summary>A locale by its tag, case aside; null if there is none.</summary>
    public static Locale? Find(string tag) => All.FirstOrDefault(locale => locale.Tag.Equals(tag, StringComparison.OrdinalIgnoreCase));

    /// <summary>The locales of tags; the home one without any.</summary>
    /// <exception cref="ArgumentException">A tag is unknown.</exception>
    public static IReadOnlyList<Locale> Of(IReadOnlyList<string>? tags) => tags is null or { Count: 0 } ? [Home]
        : [.. tags.Select(tag => Find(tag) ?? throw new ArgumentException($"there is no locale '{tag}', but {Known}", nameof(tags)))];

    /// <summary>The locale that a row's values are of; null if they do not tell.</summary>
    public static Locale? Of(JsonElement row, IReadOnlyList<Locale> among) => among.FirstOrDefault(locale => locale.IsOf(row));
}
