using AgentScaler.Determinism;
using Bogus;

namespace AgentScaler.Environments.Materialisation.Values.Locales;

/// <summary>Names that persons of a locale have.</summary>
internal abstract class PersonNames
{
    /// <summary>Draws a person.</summary>
    public abstract Person Draw(SeededRandom random, Randomizer drawn);

    /// <summary>Draws what companies are named after.</summary>
    public abstract Spelt Founder(SeededRandom random, Randomizer drawn);
}
