using System.Globalization;

namespace AgentScaler.Performance;

/// <summary>One line of the table.</summary>
internal sealed record Measurement(string Name, double Value, string Unit, double? Target, bool HigherIsBetter)
{
    /// <summary>Whether the target is reached; true without one.</summary>
    public bool IsMet => Target is not { } target || (HigherIsBetter ? Value >= target : Value <= target);

    /// <inheritdoc/>
    public override string ToString()
    {
        var target = Target is { } value ? (HigherIsBetter ? ">= " : "<= ") + value.ToString("N0", CultureInfo.InvariantCulture) : "";
        var text = Value.ToString(Value < 100 ? "N1" : "N0", CultureInfo.InvariantCulture);
        return $"{Name,-34} {text,12} {Unit,-8} {target,14}{(IsMet ? "" : "  missed")}";
    }
}
