using System.Text.Json;
using System.Text.Json.Serialization;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Audit.Policy;

/// <summary>A rule of the policy tried on a tool that it binds: one call that obeys it, one against it.</summary>
/// <param name="Rule">The rule's sentence.</param>
/// <param name="Obeying">Arguments of a call within the rule, which succeeded; null if none was made.</param>
/// <param name="Against">Arguments of a call against the rule; null for a rule that calls can't break, or if none could be made.</param>
/// <param name="Given">Rows that were changed first, so that a call could be against the rule; empty where the initial state had such rows.</param>
/// <param name="Note">What came of the call against it, or why none was made.</param>
public sealed record RuleTrial(
    string Rule,
    PolicyRuleKind Kind,
    RuleVerdict Verdict,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Obeying,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Against,
    IReadOnlyList<RowChange> Given,
    string Note);
