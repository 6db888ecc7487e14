namespace AgentScaler.Environments.Packages;

/// <summary>What an environment's policy asks of an agent's conduct; programs can't keep these rules, so transcripts are checked for them.</summary>
public static class PolicyConduct
{
    /// <summary>The tools before whose calls the agent has to ask (<see cref="PolicyRuleKind.Confirm"/>).</summary>
    public static IReadOnlySet<string> ConfirmedTools(EnvironmentPackage package) =>
        package.Rules.Where(rule => rule.Kind == PolicyRuleKind.Confirm).SelectMany(rule => rule.Tools).ToHashSet(StringComparer.Ordinal);
}
