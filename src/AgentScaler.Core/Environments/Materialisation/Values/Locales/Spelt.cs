namespace AgentScaler.Environments.Materialisation.Values.Locales;

/// <summary>A name as its language writes it, and in ASCII, as addresses of mail and user names have it.</summary>
internal readonly record struct Spelt(string Text, string Plain)
{
    /// <summary>A name in Latin letters.</summary>
    public static Spelt Of(string text) => new(text, PlainText.Of(text));
}
