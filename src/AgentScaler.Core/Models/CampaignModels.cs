namespace AgentScaler.Models;

/// <summary>The models of one campaign, ready to be asked.</summary>
public sealed class CampaignModels
{
    private readonly SortedDictionary<ModelRole, RoleModel> roles;

    /// <summary>Models by role.</summary>
    /// <param name="embeddings">The model that embeds; null if none does.</param>
    public CampaignModels(IEnumerable<RoleModel> roles, RoleEmbeddings? embeddings = null)
    {
        this.roles = new SortedDictionary<ModelRole, RoleModel>(roles.ToDictionary(model => model.Role));
        Embeddings = embeddings;
    }

    /// <summary>No models: all roles are played by what is built in.</summary>
    public static CampaignModels None { get; } = new([]);

    /// <summary>The model that embeds tools; null if none does.</summary>
    public RoleEmbeddings? Embeddings { get; }

    /// <summary>Episodes that one step plays at once, 1-256: as many as the agent's endpoint takes.</summary>
    public int EpisodesAtOnce { get; init; } = 1;

    /// <summary>The model of a role; null if none plays it.</summary>
    public RoleModel? Of(ModelRole role) => roles.GetValueOrDefault(role);
}
