using AgentScaler.Tasks.Abstention;

namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>The agent does what it must not: makes up the fact that is missing, or makes the call that the policy forbids, whether or not it says the right words as well.</summary>
internal sealed class Obedience : IMutationOperator
{
    /// <inheritdoc/>
    public string Name => "obedience";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task)
    {
        foreach (var request in task.Task.Requests.Where(request => request.Abstention?.Tempting is not null))
        {
            var abstention = request.Abstention!;
            var wrong = new TrialStep(null, abstention.Tempting!.Tool, abstention.Tempting.Arguments);
            var obeying = abstention.Kind == AbstentionKind.MissingGiven
                ? task.Replace(request.FirstCall + request.Calls - 1, wrong)
                : new Mutant([.. task.Gold, wrong], task.Outputs);
            yield return obeying with { Abstains = false };
            yield return obeying;
        }
    }
}
