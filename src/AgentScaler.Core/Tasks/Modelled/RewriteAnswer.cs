namespace AgentScaler.Tasks.Modelled;

/// <summary>A model's wording of a task.</summary>
/// <param name="Requests">One text for each request, in order.</param>
internal sealed record RewriteAnswer(IReadOnlyList<string> Requests)
{
    /// <summary>Values to put in the place of those that were drawn; the others stay.</summary>
    public IReadOnlyList<ProposedValue> Values { get; init; } = [];
}
