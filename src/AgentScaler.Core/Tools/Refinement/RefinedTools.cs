namespace AgentScaler.Tools.Refinement;

/// <summary>What refining tools gave.</summary>
/// <param name="Tools">All tools in the order given; a refined one has its original beside it.</param>
/// <param name="Vague">How many were vague, and so asked for.</param>
/// <param name="Refused">Proposals that were not taken, in the order of the tools; those tools are as they were.</param>
public sealed record RefinedTools(IReadOnlyList<ToolSpec> Tools, int Vague, IReadOnlyList<RefusedRefinement> Refused)
{
    /// <summary>How many were made more explicit.</summary>
    public int Refined => Tools.Count(tool => tool.Original is not null);
}
