namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>Where the state decides between two wishes the agent does the other one, or both.</summary>
internal sealed class OtherBranch : IMutationOperator
{
    /// <inheritdoc/>
    public string Name => "other-branch";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task)
    {
        foreach (var request in task.Task.Requests)
        {
            if (request.Condition is { } condition)
            {
                var call = request.FirstCall + request.Calls - 1;
                var other = new TrialStep(null, condition.Otherwise.Tool, condition.Otherwise.Arguments);
                yield return task.Replace(call, other) with { MustMatter = TaskReasons.IdleCondition };
                yield return task.Replace(call, task.Gold[call], other) with { MustMatter = TaskReasons.IdleCondition };
            }
        }
    }
}
