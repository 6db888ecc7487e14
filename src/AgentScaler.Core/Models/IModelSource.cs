namespace AgentScaler.Models;

/// <summary>Gives steps the models of the campaign they run for.</summary>
public interface IModelSource
{
    /// <summary>The models of a campaign.</summary>
    /// <param name="campaign">Reference of the campaign's identity, as step calls carry it.</param>
    /// <param name="settings">The roles that are models', as the identity says.</param>
    /// <exception cref="ModelException">A role's endpoint is not set up.</exception>
    ValueTask<CampaignModels> OpenAsync(string campaign, ModelsSettings settings, CancellationToken cancellationToken);
}
