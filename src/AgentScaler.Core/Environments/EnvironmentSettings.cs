using System.ComponentModel.DataAnnotations;

namespace AgentScaler.Environments;

/// <summary>How environments are made and audited (pipeline.md, stage 3).</summary>
public sealed record EnvironmentSettings
{
    /// <summary>The frozen time inside every environment.</summary>
    public DateTimeOffset Now { get; init; } = new(2025, 6, 16, 9, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// The locales that people, companies and addresses in rows are of, at least one, as BCP 47 tags; one is drawn for each row, and its names, telephone numbers, streets, cities, post codes,
    /// countries, currencies and accounts are of that. Known: de-AT, de-CH, de-DE, en-AU, en-CA, en-GB, en-IE, en-IN, en-US, es-ES, es-MX, fr-FR, it-IT, ja-JP, ko-KR, nb-NO, nl-NL, pl-PL, pt-BR,
    /// pt-PT, tr-TR, zh-CN. By default those in Latin letters: in English sentences names in other scripts read oddly. One that stands there twice is drawn twice as often.
    /// </summary>
    public IReadOnlyList<string> Locales { get; init; } =
    [
        "en-US", "en-GB", "en-CA", "en-IE", "en-AU", "en-IN", "de-DE", "de-AT", "de-CH", "fr-FR", "es-ES", "es-MX", "it-IT", "nl-NL", "pl-PL", "pt-BR", "pt-PT", "nb-NO", "tr-TR",
    ];

    /// <summary>Fewest rows a collection starts with, 1-1000.</summary>
    [Range(1, 1000)]
    public int MinimumRows { get; init; } = 12;

    /// <summary>Most rows a collection starts with, 1-1000.</summary>
    [Range(1, 1000)]
    public int MaximumRows { get; init; } = 24;

    /// <summary>Share of the audited tools (those that have a program) that must pass for the environment to be kept, 0-1; tools without a program leave before, each with its reason.</summary>
    [Range(0.0, 1.0)]
    public double MinimumPassRate { get; init; } = 0.85;

    /// <summary>Mutants made of each tool's program to measure the audit, 0-1000: how many of them it notices is the environment's mutation score. 0 leaves it unmeasured.</summary>
    [Range(0, 1000)]
    public int MutantsPerTool { get; init; } = 4;

    /// <summary>How often a model is asked again for what the audit finds wrong of its programs and policy, 0-10; without a model nothing is repaired.</summary>
    [Range(0, 10)]
    public int RepairRounds { get; init; } = 10;

    /// <summary>Fewest tools that must be left, 1-100.</summary>
    [Range(1, 100)]
    public int MinimumTools { get; init; } = 2;
}
