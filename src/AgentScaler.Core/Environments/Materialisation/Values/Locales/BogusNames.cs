using AgentScaler.Determinism;
using Bogus;

namespace AgentScaler.Environments.Materialisation.Values.Locales;

/// <summary>Names from the lists of Bogus, in Latin letters.</summary>
/// <param name="list">What Bogus calls the locale.</param>
/// <param name="agree">How a last name goes with a first name, where that matters; null where it stays as it is.</param>
internal sealed class BogusNames(string list, Func<string, string, string>? agree = null) : PersonNames
{
    /// <summary>Milliseconds to make, so one a thread and list serves all streams; each stream brings its own randomness to every draw.</summary>
    [ThreadStatic]
    private static Dictionary<string, Faker>? fakers;

    /// <inheritdoc/>
    public override Person Draw(SeededRandom random, Randomizer drawn)
    {
        var names = List(drawn).Name;
        var (first, last) = (names.FirstName(), names.LastName());
        return new Person(Spelt.Of(first), Spelt.Of(agree is null ? last : agree(first, last)), random.Next(1000));
    }

    /// <inheritdoc/>
    public override Spelt Founder(SeededRandom random, Randomizer drawn) => Spelt.Of(List(drawn).Name.LastName());

    private Faker List(Randomizer drawn)
    {
        fakers ??= new Dictionary<string, Faker>(StringComparer.Ordinal);
        if (!fakers.TryGetValue(list, out var faker))
        {
            fakers[list] = faker = new Faker(list);
        }

        if (!ReferenceEquals(faker.Random, drawn))
        {
            faker.Random = drawn;
        }

        return faker;
    }
}
