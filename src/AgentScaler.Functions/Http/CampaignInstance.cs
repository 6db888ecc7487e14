using AgentScaler.Models.Spending;
using AgentScaler.Workflow;
using Microsoft.DurableTask.Client;

namespace AgentScaler.Functions;

/// <summary>A campaign as the endpoints show it.</summary>
/// <param name="Id">The id it was started under.</param>
/// <param name="RuntimeStatus">Durable Functions' word: <c>Pending</c>, <c>Running</c>, <c>Suspended</c>, <c>Completed</c>, <c>Failed</c> or <c>Terminated</c>.</param>
/// <param name="Campaign">Reference of its identity.</param>
/// <param name="CreatedAt">When the instance, or its present generation, was made.</param>
public sealed record CampaignInstance(string Id, string RuntimeStatus, string Campaign, DateTimeOffset CreatedAt, DateTimeOffset LastUpdatedAt)
{
    /// <summary>Where the workflow stands; null before its first step.</summary>
    public WorkflowStatus? Status { get; init; }

    /// <summary>Reference of the dataset's manifest once it is done; null before, and if it was cancelled.</summary>
    public string? Dataset { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public string? Failure { get; init; }

    /// <summary>What it has spent on models; null if it asked none.</summary>
    public SpendReport? Spent { get; init; }

    /// <summary>Reads an instance that was fetched with its input and output.</summary>
    public static CampaignInstance Of(string id, OrchestrationMetadata metadata)
    {
        var output = metadata.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? metadata.ReadOutputAs<StepResult>()?.Output : null;
        return new CampaignInstance(
            id, metadata.RuntimeStatus.ToString(), metadata.ReadInputAs<WorkflowCall>()!.Input.Campaign, metadata.CreatedAt, metadata.LastUpdatedAt)
        {
            Status = metadata.ReadCustomStatusAs<WorkflowStatus>(),
            Dataset = string.IsNullOrEmpty(output) ? null : output,
            Failure = metadata.FailureDetails?.ErrorMessage,
        };
    }
}
