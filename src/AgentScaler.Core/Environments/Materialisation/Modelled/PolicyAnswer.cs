using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Materialisation.Modelled;

/// <summary>A model's answer to the question for a policy.</summary>
internal sealed record PolicyAnswer(IReadOnlyList<PolicyRule> Rules);
