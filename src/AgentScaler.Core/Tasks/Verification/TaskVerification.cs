using System.Text.Json.Serialization;

namespace AgentScaler.Tasks.Verification;

/// <summary>What the audit of the verifier found with one task.</summary>
/// <param name="Task">The task's id.</param>
/// <param name="Writes">Whether gold writes.</param>
/// <param name="Reason">Why the task leaves, one of <see cref="TaskReasons"/>; null if it stays.</param>
/// <param name="Operators">By operator's name.</param>
public sealed record TaskVerification(
    string Task,
    bool Writes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    SortedDictionary<string, OperatorCounts> Operators)
{
    /// <summary>What was judged wrongly, one line each; null if nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Faults { get; init; }

    /// <summary>Changes of gold that are mistakes, whatever became of them.</summary>
    [JsonIgnore]
    public int Mutants => Operators.Values.Sum(counts => counts.Rejected + counts.Equivalent + counts.FalseAccepts);
}
