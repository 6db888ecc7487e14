namespace AgentScaler.Tasks;

/// <summary>What decides between the goal of a request and another call.</summary>
/// <param name="Call">The 0-based call that shows the value.</param>
/// <param name="Property">The field of the row shown.</param>
/// <param name="Path">Where it stands in that call's result.</param>
/// <param name="Value">The value that the user names.</param>
/// <param name="Holds">Whether the row has it.</param>
/// <param name="Otherwise">The call for the other case.</param>
internal sealed record PlannedCondition(int Call, string Property, string Path, string Value, bool Holds, PlannedCall Otherwise)
{
    /// <summary>As the task has it.</summary>
    public RequestCondition ToCondition() =>
        new(Call, Path, Value, Holds, new GoldCall(Otherwise.Tool.Name, Otherwise.ToJson(), Otherwise.Origins, Writes: true, Otherwise.Result));
}
