namespace AgentScaler.Models;

/// <summary>Where no models can be reached: campaigns that name any are refused.</summary>
public sealed class NoModels : IModelSource
{
    /// <inheritdoc/>
    public ValueTask<CampaignModels> OpenAsync(string campaign, ModelsSettings settings, CancellationToken cancellationToken) => settings.HasAny()
        ? throw new ModelException(ModelFault.Misconfigured, "the campaign names models, and none can be reached from here")
        : ValueTask.FromResult(CampaignModels.None);
}
