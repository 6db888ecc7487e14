using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Materialisation.Values;
using AgentScaler.Environments.Packages;
using AgentScaler.Tasks.Wording;

namespace AgentScaler.Tasks.Abstention;

/// <summary>Leaves a fact out of one of a walk's requests that its write must have.</summary>
/// <param name="isGiven">Whether the user gives it when asked; otherwise the request is the last, and comes to nothing.</param>
internal sealed class MissingFact(bool isGiven) : IAbstentionMaker
{
    /// <inheritdoc/>
    public IReadOnlyList<PackageTool>? Needs(IReadOnlyList<PackageTool> tools) => [.. tools.Where(tool => tool.Writes && Sets(tool)
        && tool.Binding.Fields.Keys.Any(parameter => (tool.Required.Contains(parameter) || tool.Binding.Kind == OperationKind.Update) && !tool.Binding.Owners.ContainsKey(parameter)))];

    /// <inheritdoc/>
    public AbstainingPlan? Make(EnvironmentPackage package, IReadOnlyList<PlannedRequest> walk, Func<EnvironmentSession> open, Seed seed)
    {
        var random = seed.Random();
        foreach (var (at, argument) in random.Shuffle(walk.Index().SelectMany(request => Withholdable(package, request.Item, walk).Select(argument => (request.Index, argument)))))
        {
            var request = walk[at];
            var session = open();
            foreach (var call in walk.Take(at).SelectMany(earlier => earlier.Calls))
            {
                session.Call(call.Tool.Name, call.ToJson());
            }

            if (OtherWords.For(package, request.Goal.Tool, argument, session, random) is not { } guess)
            {
                continue;
            }

            // What is missing may be anything: made up, the call must still be one that succeeds, or making it up would prove nothing.
            var tempting = SampledCall.With(request.Goal.Arguments.Select(other => other == argument ? other with { Value = guess } : other));
            if (Outcome(request, tempting) is not { } result)
            {
                continue;
            }

            var abstention = new RequestAbstention(isGiven ? AbstentionKind.MissingGiven : AbstentionKind.MissingRefused)
            {
                Tempting = new GoldCall(request.Goal.Tool.Name, tempting, request.Goal.Origins, Writes: true, result),
            };
            return new AbstainingPlan(isGiven ? walk : [.. walk.Take(at + 1)], at, abstention)
            {
                GoldCalls = isGiven ? request.Calls.Count : 0,
                Withheld = argument.Parameter,
            };

            string? Outcome(PlannedRequest planned, JsonElement arguments)
            {
                foreach (var lookup in planned.Calls.SkipLast(1))
                {
                    session.Call(lookup.Tool.Name, lookup.ToJson());
                }

                var before = session.StateHash;
                var made = session.Call(planned.Goal.Tool.Name, arguments);
                return made.IsError || session.StateHash == before ? null : "";
            }
        }

        return null;
    }

    /// <summary>Values of a write that it can't do without, that only the user knows and that are said nowhere else.</summary>
    private static IEnumerable<SampledArgument> Withholdable(EnvironmentPackage package, PlannedRequest request, IReadOnlyList<PlannedRequest> walk)
    {
        var goal = request.Goal;
        if (request.Condition is not null || !goal.Writes || !Sets(goal.Tool))
        {
            yield break;
        }

        var values = goal.Arguments.Zip(goal.Origins).Where(pair => pair.First is { Role: ArgumentRole.Value, Collection: null } && pair.Second.Kind == OriginKind.User).Select(pair => pair.First).ToList();
        var set = goal.Arguments.Zip(goal.Origins).Count(pair => pair.First.Role is ArgumentRole.Value or ArgumentRole.Reference && pair.Second.Kind != OriginKind.Constant && !goal.Tool.Binding.Owners.ContainsKey(pair.First.Parameter));
        var facts = walk.SelectMany(other => other.Calls).SelectMany(call => call.Arguments.Select(argument => (argument, Text: SpokenWords.Say(argument.Value)))).ToList();
        foreach (var argument in values.Where(value => value.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number))
        {
            var text = SpokenWords.Say(argument.Value);
            var needed = goal.Tool.Required.Contains(argument.Parameter) || (goal.Tool.Binding.Kind == OperationKind.Update && set == 1);
            if (needed && text.Trim().Length > 1 && !IsPlace(package, goal.Tool, argument) && facts.Count(fact => fact.Text.Contains(text, StringComparison.OrdinalIgnoreCase)) == 1)
            {
                yield return argument;
            }
        }
    }

    private static bool Sets(PackageTool tool) => tool.Binding.Kind is OperationKind.Create or OperationKind.Update or OperationKind.Status;

    private static bool IsPlace(EnvironmentPackage package, PackageTool tool, SampledArgument argument) => tool.Binding.Owners.ContainsKey(argument.Parameter)
        || tool.Binding.Fields.GetValueOrDefault(argument.Parameter) is not { } name
        || package.Schema.Find(tool.Binding.Collection)!.Fields.First(field => field.Name == name) is var field && Owners.DepthOf(field.Type) is not null;
}
