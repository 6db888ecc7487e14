using System.Text.Json.Serialization;

namespace AgentScaler.Tasks.Wording;

/// <summary>How the embedded grammar words a task, and how a scripted user and agent talk about it.</summary>
/// <param name="Style">How the user writes.</param>
/// <param name="Language">The language, a BCP 47 tag of one that the grammar has: <c>en</c>, with <c>en-US</c> and <c>en-GB</c> for days and numbers as they are written there, or <c>zh</c>.</param>
public sealed record RequestManner(RequestStyle Style, string Language)
{
    /// <summary>Plain English.</summary>
    public static readonly RequestManner Default = new(RequestStyle.Plain, "en");

    /// <summary>Who the user is, as one says it of oneself (<c>a student who does this for the first time</c>); null where the user does not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Persona { get; init; }

    /// <summary>Whether it is Chinese.</summary>
    [JsonIgnore]
    public bool IsChinese => IsChineseTag(Language);

    /// <summary>Whether the embedded grammar has a language; another one takes a model.</summary>
    public static bool Knows(string language) => IsChineseTag(language) || IsTagOf(language, "en");

    private static bool IsChineseTag(string language) => IsTagOf(language, "zh");

    private static bool IsTagOf(string language, string primary) =>
        language.Equals(primary, StringComparison.OrdinalIgnoreCase) || language.StartsWith(primary + "-", StringComparison.OrdinalIgnoreCase);
}
