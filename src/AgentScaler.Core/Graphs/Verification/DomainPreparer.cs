using AgentScaler.Models;
using AgentScaler.Tools.Refinement;

namespace AgentScaler.Graphs.Verification;

/// <summary>
/// Prepares a domain with a model: vague tools are made explicit, edges are looked for again among the explicit tools and verified. Tools that a person gave stay as given. The graph before
/// it needs parameter lists only, so this comes after the domains are found, and asks for no tool that is in none.
/// </summary>
public static class DomainPreparer
{
    /// <summary>Prepares a domain.</summary>
    /// <param name="model">The model; null leaves the domain as it is.</param>
    /// <returns>The domain under the same id, and what was done; null for the latter without a model.</returns>
    /// <exception cref="ModelException">The endpoint gives no replies.</exception>
    /// <exception cref="BudgetSpentException">The campaign may spend no more.</exception>
    public static async Task<(Domain Domain, DomainPreparation? Preparation)> PrepareAsync(Domain domain, GraphSettings settings, RoleModel? model, CancellationToken cancellationToken)
    {
        if (model is null)
        {
            return (domain, null);
        }

        var refined = await ToolRefiner.RefineAsync(domain.Tools, domain.Given is null ? model : null, cancellationToken);
        var explicitly = refined.Refined == 0 ? domain : domain with { Tools = refined.Tools, Dependencies = DependencyFinder.Find(refined.Tools, settings.DependencyThreshold) };
        var edges = await EdgeVerifier.VerifyAsync(explicitly, settings.EdgeConfidence, model, cancellationToken);
        return (explicitly with { Dependencies = edges.Edges }, new DomainPreparation(refined.Vague, refined.Refined, refined.Refused, edges.Edges.Count, edges.Refused, edges.Unanswered));
    }
}
