namespace AgentScaler.Models;

/// <summary>How a campaign reaches its models and what it may spend. Nothing here changes a byte of its data.</summary>
public sealed record ModelOperations
{
    /// <summary>The name of the endpoint for roles that have none of their own.</summary>
    public const string DefaultEndpoint = "default";

    /// <summary>Where each role's model is reached, by role; <c>default</c> is for the roles that are not named.</summary>
    public SortedDictionary<string, ModelEndpoint> Endpoints { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What the campaign may spend.</summary>
    public Budget Budget { get; init; } = new();

    /// <summary>What is done with replies.</summary>
    public ReplyMode Replies { get; init; } = ReplyMode.Cache;

    /// <summary>
    /// A folder to keep replies in that campaigns on this machine share, relative to the campaign document; without it each campaign keeps its own. In the cloud all share the
    /// artifact store.
    /// </summary>
    public string? RepliesFolder { get; init; }

    /// <summary>The endpoint of a role.</summary>
    public ModelEndpoint EndpointOf(ModelRole role) =>
        Endpoints.GetValueOrDefault(role.Name()) ?? Endpoints.GetValueOrDefault(DefaultEndpoint) ?? new ModelEndpoint();
}
