using System.Globalization;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Audit.Mutation;

/// <summary>
/// Measures an audit: the programs of an environment are changed one fault at a time and the audit's calls made again through the engine. A
/// mutant is noticed when a call gives another result or leaves another state than the audit recorded, or hits a limit of the runtime.
/// </summary>
public sealed class MutationTest(EnvironmentEngine engine)
{
    private const int LongestText = 160;

    /// <summary>Runs the mutants of every tool that passed.</summary>
    /// <param name="audit">The package's audit, with its trials.</param>
    /// <param name="mostPerTool">Mutants of a tool at most, drawn by seed; null for all.</param>
    public MutationReport Run(EnvironmentPackage package, AuditReport audit, int? mostPerTool = null)
    {
        var trials = audit.Tools.Where(tool => tool.Passed).ToDictionary(tool => tool.Tool, tool => tool.Trials, StringComparer.Ordinal);
        var chosen = package.Tools.Where(tool => trials.ContainsKey(tool.Name))
            .SelectMany(tool => Choose(package, tool, mostPerTool).Select(mutant => (Tool: tool, Mutant: mutant))).ToList();

        // All in one environment, each a tool of its own: its rows are loaded once.
        var names = chosen.Select((item, i) => string.Create(CultureInfo.InvariantCulture, $"{item.Tool.Name}#{i}")).ToList();
        var environment = LoadedEnvironment.Load(package with
        {
            Rules = [.. package.Rules.Select(rule => rule with { Tools = [] })],
            Tools = [.. chosen.Select((item, i) => item.Tool with { Spec = item.Tool.Spec with { Name = names[i] }, Program = item.Mutant.Program })],
        });
        var operators = new SortedDictionary<string, OperatorCount>(StringComparer.Ordinal);
        var survivors = new List<Survivor>();
        for (var i = 0; i < chosen.Count; i++)
        {
            var (tool, mutant) = chosen[i];
            var noticed = IsNoticed(environment, tool, names[i], trials[tool.Name]);
            var count = operators.GetValueOrDefault(mutant.Operator) ?? new OperatorCount(0, 0);
            operators[mutant.Operator] = new OperatorCount(count.Made + 1, count.Noticed + (noticed ? 1 : 0));
            if (!noticed)
            {
                survivors.Add(new Survivor(tool.Name, mutant.Operator, mutant.Line, Cut(mutant.Before), Cut(mutant.After)));
            }
        }

        return new MutationReport(operators, survivors);
    }

    private static IReadOnlyList<Mutant> Choose(EnvironmentPackage package, PackageTool tool, int? most)
    {
        var all = ProgramMutator.Of(package.Schema, tool);
        return most is { } limit && all.Count > limit
            ? [.. EnvironmentAudit.SeedOf(package, tool.Name).Child("mutants").Random().Shuffle(Enumerable.Range(0, all.Count)).Take(limit).Order().Select(i => all[i])]
            : all;
    }

    private bool IsNoticed(LoadedEnvironment environment, PackageTool tool, string mutant, IReadOnlyList<AuditTrial> trials)
    {
        try
        {
            var seed = EnvironmentAudit.SeedOf(environment.Package, tool.Name);
            var states = trials.GroupBy(trial => trial.State).ToDictionary(made => made.Key, made => AuditStates.Changes(environment.Package, tool, made.Key, made.First().Arguments));
            return trials.Any(trial =>
            {
                var (result, session) = EnvironmentAudit.Make(engine, environment, seed, mutant, trial.Case, trial.Arguments, states.GetValueOrDefault(trial.State));
                return EnvironmentAudit.OutcomeOf(result, session) != trial.Outcome;
            });
        }
        catch (EpisodeAbortedException)
        {
            return true;
        }
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText] + "...";
}
