using AgentScaler.Models;

namespace AgentScaler.Episodes;

/// <summary>A party had no reply: its model refused the request, or said nothing that could be used, as often as it was asked.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Usage">What the replies took that could not be used.</param>
public sealed record PartyFailure(string Reason, ModelUsage Usage);
