using AgentScaler.Environments.Materialisation.Values.Locales;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation.Values;

/// <summary>What one row is about: its locale, persons, places, company, title and moments, drawn once each, so that its fields agree.</summary>
/// <param name="whole">What this is a part of, and shares the locale of; null for nothing.</param>
internal sealed class Subject(string entity, ValueSource source, Subject? whole = null)
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

    private static readonly HashSet<string> Travel = new(["origin", "destination", "from", "to", "departure", "arrival"], StringComparer.Ordinal);

    private readonly Dictionary<string, Person> persons = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Place> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> plain = new(StringComparer.Ordinal);
    private Locale? locale;
    private Company? company;
    private string? title;
    private Timeline? times;

    /// <summary>The entity the row is one of.</summary>
    public string Entity => entity;

    /// <summary>Where the row is at home.</summary>
    public Locale Locale => locale ??= whole?.Locale ?? source.Random.Pick(source.Locales);

    /// <summary>The company of the row.</summary>
    public string Company => Firm.Name.Text;

    /// <summary>The company's domain, under a name that nobody can own, in ASCII.</summary>
    public string Domain => Firm.Handle.Length > 0 ? Firm.Handle + ".example.com" : "example.com";

    /// <summary>What the row is called.</summary>
    public string Title => title ??= Prose.Title(entity, source.Random);

    /// <summary>The title as a name without spaces.</summary>
    public string Slug => string.Join('-', Words.Tokens(Title));

    /// <summary>The moments of the row's life.</summary>
    public Timeline Times => times ??= new Timeline(entity, source.Now, source.Random);

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
            persons[role] = person = Locale.Names.Draw(source.Random, source.Drawn);
            plain[person.Name] = person.PlainName;
            plain[person.First.Text] = person.First.Plain;
            plain[person.Last.Text] = person.Last.Plain;
        }

        return person;
    }

    /// <summary>The place a field speaks of: the row's own, or the one whose part the name says (<c>billing_city</c>); travels go from any locale to any.</summary>
    public Place Place(IReadOnlyList<string> tokens)
    {
        var role = tokens.FirstOrDefault(Sites.Contains) ?? "";
        if (!places.TryGetValue(role, out var place))
        {
            places[role] = place = source.Random.Pick((IsOfTravel(role) ? source.Random.Pick(source.Locales) : Locale).Places);
        }

        return place;
    }

    /// <summary>A street with its number.</summary>
    public string Street() => Locale.Street(source.Random);

    /// <summary>Whether a word is the part that a place plays in a travel.</summary>
    public static bool IsOfTravel(string word) => Travel.Contains(word);

    /// <summary>Says where the row is at home, as long as nothing of it is drawn.</summary>
    public void Settle(Locale home) => locale ??= home;

    /// <summary>A text of this subject in ASCII; empty where it has no such form.</summary>
    public string Plain(string text) => plain.GetValueOrDefault(text) ?? PlainText.Of(text);

    private Company Firm
    {
        get
        {
            if (company is null)
            {
                company = Locale.Company(source.Random, source.Drawn);
                plain[company.Name.Text] = company.Name.Plain;
            }

            return company;
        }
    }
}
