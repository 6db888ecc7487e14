using AgentScaler.Models;

namespace AgentScaler.Episodes;

/// <summary>What the user says.</summary>
/// <param name="Text">The words; with one of the <see cref="StopMarkers"/> they end the episode.</param>
/// <param name="Usage">What it took a model to say it; null if none was asked.</param>
public sealed record UserTurn(string Text, ModelUsage? Usage = null);
