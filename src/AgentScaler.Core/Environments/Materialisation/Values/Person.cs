using AgentScaler.Environments.Materialisation.Values.Locales;

namespace AgentScaler.Environments.Materialisation.Values;

/// <summary>A person: all that is said of one agrees.</summary>
/// <param name="First">The given name.</param>
/// <param name="Last">The family name.</param>
internal sealed record Person(Spelt First, Spelt Last, int Number)
{
    /// <summary>Whether the family name comes first, and both are written as one word.</summary>
    public bool IsFamilyFirst { get; init; }

    /// <summary>The name in full.</summary>
    public string Name => IsFamilyFirst ? Last.Text + First.Text : $"{First.Text} {Last.Text}";

    /// <summary>The name in full, in ASCII.</summary>
    public string PlainName => IsFamilyFirst ? $"{Last.Plain} {First.Plain}" : $"{First.Plain} {Last.Plain}";

    /// <summary>The user name: first letter and last name, in ASCII.</summary>
    public string UserName => $"{Letters(First)[..1]}{Letters(Last)}{(Number % 3 == 0 ? "" : (Number % 90) + 10)}";

    /// <summary>The address at some domain, in ASCII.</summary>
    public string Email(string domain) => $"{Letters(First)}.{Letters(Last)}@{domain}";

    private static string Letters(Spelt name) => string.Concat(name.Plain.Where(char.IsAsciiLetter)).ToLowerInvariant();
}
