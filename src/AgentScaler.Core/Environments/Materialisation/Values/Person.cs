namespace AgentScaler.Environments.Materialisation.Values;

/// <summary>A person: all that is said of one agrees.</summary>
internal sealed record Person(string First, string Last, int Number)
{
    /// <summary>First and last name.</summary>
    public string Name => $"{First} {Last}";

    /// <summary>The user name: first letter and last name.</summary>
    public string UserName => $"{Plain(First)[..1]}{Plain(Last)}{(Number % 3 == 0 ? "" : (Number % 90) + 10)}";

    /// <summary>The address at some domain.</summary>
    public string Email(string domain) => $"{Plain(First)}.{Plain(Last)}@{domain}";

    private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetter)).ToLowerInvariant();
}
