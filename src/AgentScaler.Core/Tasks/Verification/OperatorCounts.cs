using System.Text.Json.Serialization;

namespace AgentScaler.Tasks.Verification;

/// <summary>What became of the trials of one operator.</summary>
/// <param name="Tried">Trials executed and judged.</param>
/// <param name="Rejected">Mistakes that every mode rejects.</param>
/// <param name="Equivalent">Mistakes that are accepted and make no difference: the rows end as gold's, and the user is told the same.</param>
/// <param name="FalseAccepts">Mistakes that are accepted and make a difference.</param>
/// <param name="FalseRejects">No mistakes, and a mode rejects them that promises not to.</param>
public sealed record OperatorCounts(
    int Tried,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Rejected = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Equivalent = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int FalseAccepts = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int FalseRejects = 0)
{
    /// <summary>The counts together.</summary>
    public static OperatorCounts operator +(OperatorCounts left, OperatorCounts right) => new(
        left.Tried + right.Tried, left.Rejected + right.Rejected, left.Equivalent + right.Equivalent, left.FalseAccepts + right.FalseAccepts, left.FalseRejects + right.FalseRejects);
}
