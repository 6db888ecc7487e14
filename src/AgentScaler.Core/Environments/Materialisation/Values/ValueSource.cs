using AgentScaler.Determinism;
using AgentScaler.Environments.Materialisation.Values.Locales;
using Bogus;

namespace AgentScaler.Environments.Materialisation.Values;

/// <summary>What the values of one stream are drawn from.</summary>
/// <param name="Random">The stream's randomness.</param>
/// <param name="Drawn">The same for Bogus.</param>
/// <param name="Now">The environment's frozen time.</param>
/// <param name="Locales">The locales that rows are of, each as likely as the others.</param>
internal sealed record ValueSource(SeededRandom Random, Randomizer Drawn, DateTimeOffset Now, IReadOnlyList<Locale> Locales);
