using AgentScaler.Models;

namespace AgentScaler.Campaigns;

/// <summary>Finds what a document says of models that no range can tell.</summary>
internal static class ModelsCheck
{
    private static readonly IReadOnlyList<string> Endpoints = [ModelOperations.DefaultEndpoint, .. ModelRoles.All.Select(role => role.Name())];

    /// <summary>Adds what is wrong.</summary>
    public static void Check(CampaignDocument document, List<CampaignError> errors)
    {
        if (document.Identity.Models is { User: not null, Agent: null })
        {
            errors.Add(new CampaignError("$.identity.models.user", "a model as user and none as agent", "a model as agent too: a scripted agent follows the task's words, which a model does not say"));
        }

        foreach (var name in document.Operations.Models.Endpoints.Keys.Where(name => !Endpoints.Contains(name)))
        {
            errors.Add(new CampaignError($"$.operations.models.endpoints.{name}", "no role", "one of " + string.Join(", ", Endpoints)));
        }
    }
}
