using AgentScaler.Determinism;
using AgentScaler.Tools;
using Bogus;

namespace AgentScaler.Environments.Materialisation.Values;

/// <summary>What one row is about: its persons, places, company, title and moments, drawn once each, so that its fields agree.</summary>
internal sealed class Subject(string entity, DateTimeOffset now, SeededRandom random, Faker faker)
{
    private static readonly HashSet<string> People = new(
    [
        "member", "patient", "guest", "customer", "user", "employee", "agent", "doctor", "driver", "student", "teacher", "instructor", "contact", "person",
        "attendee", "technician", "trainer", "owner", "author", "client", "participant", "reader", "staff", "host", "player", "recipient", "borrower", "lender",
        "practitioner", "candidate", "applicant", "passenger", "holder", "requester", "coach", "assignee", "creator", "sender", "buyer", "seller", "reviewer", "approver",
        "manager", "subscriber", "lead", "worker", "operator", "reporter", "cardholder", "billing", "shipping", "beneficiary", "payer", "payee", "supervisor", "mentor", "tenant",
    ], StringComparer.Ordinal);

    private static readonly HashSet<string> Sites = new(
        ["origin", "destination", "from", "to", "billing", "shipping", "home", "work", "pickup", "dropoff", "departure", "arrival", "sender", "recipient"], StringComparer.Ordinal);

    private readonly Dictionary<string, Person> persons = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Place> places = new(StringComparer.Ordinal);
    private string? company;
    private string? title;
    private Timeline? times;

    /// <summary>The entity the row is one of.</summary>
    public string Entity => entity;

    /// <summary>The company of the row.</summary>
    public string Company => company ??= faker.Company.CompanyName();

    /// <summary>The company's domain, under a name that nobody can own.</summary>
    public string Domain => string.Concat(Company.TakeWhile(c => c is not (' ' or ',')).Where(char.IsAsciiLetter)).ToLowerInvariant() + ".example.com";

    /// <summary>What the row is called.</summary>
    public string Title => title ??= Prose.Title(entity, random);

    /// <summary>The title as a name without spaces.</summary>
    public string Slug => string.Join('-', Words.Tokens(Title));

    /// <summary>The moments of the row's life.</summary>
    public Timeline Times => times ??= new Timeline(entity, now, random);

    /// <summary>Whether rows of an entity, or values of a field, are persons.</summary>
    public static bool IsPerson(string word) => People.Contains(Words.Singular(word));

    /// <summary>Whether the row itself is a person.</summary>
    public bool IsOfPerson => IsPerson(entity[(entity.LastIndexOf('_') + 1)..]);

    /// <summary>The person a field speaks of: the row's own, or the one whose part the name says (<c>assignee_email</c>).</summary>
    public Person Person(IReadOnlyList<string> tokens)
    {
        var own = Words.Tokens(entity);
        var role = tokens.FirstOrDefault(word => IsPerson(word) && word != "user" && (own.Count == 0 || own[^1] != Words.Singular(word)))
            ?? (tokens.Contains("by") ? string.Join(' ', tokens) : "");
        if (!persons.TryGetValue(role, out var person))
        {
            persons[role] = person = new Person(faker.Name.FirstName(), faker.Name.LastName(), random.Next(1000));
        }

        return person;
    }

    /// <summary>The place a field speaks of: the row's own, or the one whose part the name says (<c>billing_city</c>).</summary>
    public Place Place(IReadOnlyList<string> tokens)
    {
        var role = tokens.FirstOrDefault(Sites.Contains) ?? "";
        if (!places.TryGetValue(role, out var place))
        {
            places[role] = place = random.Pick(Values.Place.All);
        }

        return place;
    }
}
