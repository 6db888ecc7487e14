namespace AgentScaler.Models;

/// <summary>Which roles are played by models. A role without one is played by what is built in: rules, scripts, hashing.</summary>
public sealed record ModelsSettings
{
    /// <summary>Refines tools, checks edges, writes schemas, programs, policies and intents.</summary>
    public ModelSettings? Builder { get; init; }

    /// <summary>Plays the user; needs an agent that is a model too.</summary>
    public ModelSettings? User { get; init; }

    /// <summary>Plays the agent.</summary>
    public ModelSettings? Agent { get; init; }

    /// <summary>Looks for faults of the simulated user in rejected episodes; without it only the funnel's own rules do.</summary>
    public ModelSettings? Judge { get; init; }

    /// <summary>Embeds tools.</summary>
    public EmbeddingModelSettings? Embedding { get; init; }

    /// <summary>The settings of a role that talks; null if it is not a model's.</summary>
    public ModelSettings? Of(ModelRole role) => role switch
    {
        ModelRole.Builder => Builder,
        ModelRole.User => User,
        ModelRole.Agent => Agent,
        ModelRole.Judge => Judge,
        _ => null,
    };

    /// <summary>The name of a role's model; null if the role is not a model's.</summary>
    public string? NameOf(ModelRole role) => role == ModelRole.Embedding ? Embedding?.Model : Of(role)?.Model;

    /// <summary>The models' names by role, of the roles that are models'.</summary>
    public SortedDictionary<string, string> Names()
    {
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var role in ModelRoles.All)
        {
            if (NameOf(role) is { } name)
            {
                names.Add(role.Name(), name);
            }
        }

        return names;
    }

    /// <summary>Whether any role is a model's.</summary>
    public bool HasAny() => ModelRoles.All.Any(role => NameOf(role) is not null);
}
