namespace AgentScaler.Campaigns;

/// <summary>A campaign document that can't be used, with everything that is wrong with it.</summary>
/// <param name="document">The document's name.</param>
/// <param name="errors">All errors, in the order of the document.</param>
public sealed class CampaignException(string document, IReadOnlyList<CampaignError> errors)
    : Exception(string.Join('\n', errors.Select(error => $"{document}, {error}")))
{
    /// <summary>The document's name.</summary>
    public string Document => document;

    /// <summary>All errors, in the order of the document.</summary>
    public IReadOnlyList<CampaignError> Errors => errors;
}
