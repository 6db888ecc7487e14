namespace AgentScaler.Core.Tests.Workflow;

/// <summary>One thing a workflow did, in words that can be compared.</summary>
/// <param name="After">How many events of its history it had seen.</param>
/// <param name="Kind"><c>step</c>, <c>child</c>, <c>timer</c>, <c>wait</c>, <c>status</c>, <c>log</c> or <c>outcome</c>.</param>
/// <param name="Content">The whole of it, in canonical JSON.</param>
internal sealed record ReplayAction(int After, string Kind, string Content)
{
    /// <summary>The call, workflow name and so on as an object, for the host to carry out.</summary>
    public object? Request { get; init; }

    public bool Equals(ReplayAction? other) => other is not null && (After, Kind, Content) == (other.After, other.Kind, other.Content);

    public override int GetHashCode() => After;

    public override string ToString() => $"{Kind} {Content} after event {After}";
}
