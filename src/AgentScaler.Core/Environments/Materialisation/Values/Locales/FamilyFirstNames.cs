using AgentScaler.Determinism;
using Bogus;

namespace AgentScaler.Environments.Materialisation.Values.Locales;

/// <summary>Names whose family name comes first, without a space: our own lists of common ones, each with its usual romanisation.</summary>
/// <param name="families">Family names, <c>王 Wang</c>, one after the other.</param>
/// <param name="givens">Given names, or the syllables of such.</param>
/// <param name="syllables">How many of <paramref name="givens"/> make a given name at most.</param>
internal sealed class FamilyFirstNames(string families, string givens, int syllables = 1) : PersonNames
{
    private readonly IReadOnlyList<Spelt> families = Read(families);
    private readonly IReadOnlyList<Spelt> givens = Read(givens);

    /// <inheritdoc/>
    public override Person Draw(SeededRandom random, Randomizer drawn)
    {
        var parts = Enumerable.Range(0, random.Between(1, syllables)).Select(_ => random.Pick(givens)).ToList();
        return new Person(Joined(parts), random.Pick(families), random.Next(1000)) { IsFamilyFirst = true };
    }

    /// <inheritdoc/>
    public override Spelt Founder(SeededRandom random, Randomizer drawn) => Joined([.. Enumerable.Range(0, Math.Min(2, syllables)).Select(_ => random.Pick(givens))]);

    /// <summary>Syllables as one name: only the first with a capital.</summary>
    private static Spelt Joined(IReadOnlyList<Spelt> parts) =>
        new(string.Concat(parts.Select(part => part.Text)), parts[0].Plain + string.Concat(parts.Skip(1).Select(part => part.Plain.ToLowerInvariant())));

    private static IReadOnlyList<Spelt> Read(string names) =>
        [.. names.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Chunk(2).Select(pair => new Spelt(pair[0], pair[1]))];
}
