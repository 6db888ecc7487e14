namespace AgentScaler.Environments.Materialisation.Values.Locales;

/// <summary>A company.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Handle">What it is called in addresses: lower-case ASCII letters; empty where its name has none.</param>
internal sealed record Company(Spelt Name, string Handle);
