using System.Globalization;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;
using AgentScaler.Models;
using AgentScaler.Models.Structured;

namespace AgentScaler.Environments.Materialisation.Modelled;

/// <summary>
/// Has a model write the rules of an environment whose programs stand. Rules that the programs do not keep are told back; what is still not kept after the last round is left out.
/// Without an answer the rules are derived from the bindings as ever, as far as the programs keep them.
/// </summary>
/// <param name="rounds">Repairs at most.</param>
internal sealed class ModelledPolicy(RoleModel model, EnvironmentEngine engine, int rounds)
{
    /// <summary>The package with rules and policy.</summary>
    public async Task<(EnvironmentPackage Package, PartOrigin Origin)> WriteAsync(EnvironmentPackage package, CancellationToken cancellationToken)
    {
        var question = new PolicyQuestion(package.Schema, package.Tools);
        IReadOnlyList<PolicyRule>? rules = null;
        var last = 0;
        IReadOnlyList<AuditFinding> findings = [];
        var trial = new Trial([], []);
        for (var round = 0; round <= rounds && (round == 0 || findings.Count > 0); round++)
        {
            var reply = await model.AskOrRefusedAsync(question.Ask(rules, findings) with { Trial = round }, cancellationToken);
            if (reply.Value is null || (rules is not null && IsSame(rules, PolicyQuestion.Normal(reply.Value))))
            {
                if (rules is null)
                {
                    return Embedded(package, "the model gives none: " + reply.Fault);
                }

                break;
            }

            (rules, last) = (PolicyQuestion.Normal(reply.Value), round);
            trial = Trial.Of(engine, With(package, rules));
            findings = [.. trial.Rules.Select(rule => rule.Finding), .. trial.Tools.SelectMany(tool => tool.Value.Select(finding => finding with { Detail = "with these rules: " + finding.Detail }))];
        }

        var kept = trial.Rules.Count == 0 ? rules! : [.. rules!.Where(rule => trial.Rules.All(fault => fault.Rule != rule.Text))];
        var left = rules!.Count - kept.Count;
        if (trial.Tools.Count > 0)
        {
            return Embedded(package, "under the model's rules tools fail that work without them");
        }

        if (kept.Count == 0)
        {
            return Embedded(package, left > 0 ? "no rule of the model's is kept by the programs" : "the model names no rule");
        }

        var note = left == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"without {left} {(left == 1 ? "rule" : "rules")} that no program keeps");
        return (With(package, kept), new PartOrigin(PartOrigin.Policy, PartMaker.Model, model.Settings.Model, RepairText.Ids(PolicyQuestion.Prompt, last), last, note));
    }

    /// <summary>The package with some rules, and the policy that says them.</summary>
    public static EnvironmentPackage With(EnvironmentPackage package, IReadOnlyList<PolicyRule> rules) => EmbeddedMaterialiser.WithId(package with
    {
        Rules = rules,
        Policy = PolicyWriter.Write(package.Name, package.Now, package.Schema, rules),
    });

    /// <summary>The rules that bindings give, as far as the programs keep them.</summary>
    private (EnvironmentPackage Package, PartOrigin Origin) Embedded(EnvironmentPackage package, string note)
    {
        var derived = PolicyRules.Derive(package.Schema, package.Tools);
        var trial = Trial.Of(engine, With(package, derived));
        IReadOnlyList<PolicyRule> kept = trial.Tools.Count > 0 ? [.. derived.Where(rule => rule.Kind == PolicyRuleKind.Confirm)] : [.. derived.Where(rule => trial.Rules.All(fault => fault.Rule != rule.Text))];
        return (With(package, kept), new PartOrigin(PartOrigin.Policy, PartMaker.Embedded, Note: note));
    }

    private static bool IsSame(IReadOnlyList<PolicyRule> left, IReadOnlyList<PolicyRule> right) => CanonicalJson.Serialize(left) == CanonicalJson.Serialize(right);
}
