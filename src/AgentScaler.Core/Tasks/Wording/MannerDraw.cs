using AgentScaler.Determinism;

namespace AgentScaler.Tasks.Wording;

/// <summary>Draws in which manner a task is worded.</summary>
internal static class MannerDraw
{
    private const double PersonaShare = 0.5;

    /// <summary>Where a language is spoken decides how days and large numbers are written; in the first they stand as the API has them.</summary>
    private static readonly string[] Englishes = ["en", "en-US", "en-GB"];

    /// <summary>A style, each equally likely; a language of the settings that the grammar has, English if none, as it is written in one place or another; for some a persona.</summary>
    public static RequestManner Of(TaskSettings settings, Seed seed)
    {
        var random = seed.Random();
        var style = random.Pick(Enum.GetValues<RequestStyle>());
        var languages = settings.Languages.Where(RequestManner.Knows).ToList();
        var language = languages.Count > 0 ? random.Pick(languages) : RequestManner.Default.Language;
        var manner = new RequestManner(style, language.Equals(RequestManner.Default.Language, StringComparison.OrdinalIgnoreCase) ? random.Pick(Englishes) : language);
        return !manner.IsChinese && style is RequestStyle.Chatty or RequestStyle.Polite && settings.Personas.Count > 0 && random.Chance(PersonaShare)
            ? manner with { Persona = random.Pick(settings.Personas) } : manner;
    }
}
