namespace AgentScaler.Workflow;

/// <summary>The input of a workflow, small enough to travel: everything else is an artifact.</summary>
/// <param name="Campaign">Reference of the campaign's identity.</param>
/// <param name="References">What the workflow works on: for a campaign tools, domains and finished pages; for a page the page.</param>
/// <param name="Pages">References of the pages still to do.</param>
/// <param name="Status">Where the campaign stands.</param>
public sealed record WorkflowInput(string Campaign, IReadOnlyList<string> References, IReadOnlyList<string> Pages, WorkflowStatus Status)
{
    /// <summary>References of the earlier increments of the campaign's series, if it belongs to one: it then ends with an increment of its own.</summary>
    public IReadOnlyList<string>? Earlier { get; init; }

    /// <summary>How often the campaign went on after it had to wait: pages that are run again are instances of their own.</summary>
    public int Resumed { get; init; }

    /// <summary>The input that starts a campaign.</summary>
    public static WorkflowInput Start(string campaign) => new(campaign, [], [], WorkflowStatus.Initial);
}
