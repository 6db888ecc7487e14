using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Tasks.Abstention;

namespace AgentScaler.Tasks.Wording;

/// <summary>Words a whole task in one manner: its requests, what the user says wrongly first, and what it leaves out until it is asked.</summary>
/// <param name="corrects">Whether the user says something wrongly first, where the words allow it.</param>
/// <param name="seed">The seed by which the walk was worded: what is asked stays the same.</param>
internal sealed class TaskWording(EnvironmentPackage package, bool corrects, RequestManner manner, Seed seed)
{
    /// <summary>The requests and gold's calls; null if a request shows nothing that could be asked for.</summary>
    /// <param name="plan">The request that must not simply be served, or null; its requests then stand for the walk's.</param>
    /// <param name="initial">The task's initial state.</param>
    public (IReadOnlyList<UserRequest> Requests, IReadOnlyList<PlannedCall> Gold)? Word(IReadOnlyList<PlannedRequest> walk, AbstainingPlan? plan, EnvironmentSession initial)
    {
        var writer = new IntentWriter(package, seed, manner);
        var planned = plan?.Requests ?? walk;
        var slip = Slip(planned, plan, initial);
        var requests = new List<UserRequest>();
        var gold = new List<PlannedCall>();
        for (var i = 0; i <= planned.Count; i++)
        {
            if (plan is { Lacked: not null } && plan.At == i)
            {
                requests.Add(Lacking(plan, writer.Grammar, gold.Count));
            }

            if (i == planned.Count)
            {
                break;
            }

            var abstains = plan is { Lacked: null } && plan.At == i;
            if (writer.Write(planned[i], abstains ? plan!.Withheld : null, slip?.Request == i ? slip.Value.Word : null) is not { } spoken)
            {
                return null;
            }

            requests.Add(abstains ? spoken with { Calls = plan!.GoldCalls, Abstention = Abstention(plan, planned[i], writer.Grammar) }
                : slip?.Request == i ? spoken with { Correction = slip.Value.Correction } : spoken);
            gold.AddRange(abstains ? planned[i].Calls.Take(plan!.GoldCalls) : planned[i].Calls);
        }

        return (requests, gold);
    }

    private static RequestAbstention Abstention(AbstainingPlan plan, PlannedRequest request, RequestGrammar grammar)
    {
        if (plan.Withheld is not { } parameter)
        {
            return plan.Abstention;
        }

        var value = request.Goal.Arguments.First(argument => argument.Parameter == parameter).Value;
        var name = SpokenWords.NameOf(parameter);
        return plan.Abstention with
        {
            Withheld = plan.Abstention.Kind == AbstentionKind.MissingGiven
                ? new WithheldFact(parameter, grammar.Name(name), grammar.Give(name, grammar.Value(value, request.Goal.Tool.SchemaOf(parameter))), [.. ScalarTexts.Of(value)])
                : new WithheldFact(parameter, grammar.Name(name), grammar.Withhold(name), []),
        };
    }

    private UserRequest Lacking(AbstainingPlan plan, RequestGrammar grammar, int firstCall)
    {
        var (deed, collection, name, isLabel) = plan.Lacked!.Value;
        var entity = SpokenWords.Plain(package.Schema.Find(collection)!.Noun);
        var row = isLabel ? grammar.Label(entity, name) : grammar.Key(entity, name);
        return new UserRequest(grammar.Do(deed, row), firstCall, 0, [])
        {
            Abstention = plan.Abstention with { Deed = deed.Answered(manner.IsChinese, row) },
        };
    }

    /// <summary>Something that the user says wrongly first; never in the request that must not be served.</summary>
    private (int Request, WrongWord Word, RequestCorrection Correction)? Slip(IReadOnlyList<PlannedRequest> planned, AbstainingPlan? plan, EnvironmentSession initial)
    {
        if (!corrects)
        {
            return null;
        }

        var random = seed.Child("slips").Random();
        foreach (var i in random.Shuffle(Enumerable.Range(0, planned.Count)).Where(i => planned[i].Condition is null && (plan is null || plan.Lacked is not null || plan.At != i)))
        {
            var goal = planned[i].Goal;
            foreach (var (argument, origin) in random.Shuffle(goal.Arguments.Zip(goal.Origins)))
            {
                if (Wrong(planned[i], argument, origin, initial, random) is (var word, var correction))
                {
                    return (i, word, correction);
                }
            }
        }

        return null;
    }

    private (WrongWord Word, RequestCorrection Correction)? Wrong(PlannedRequest request, SampledArgument argument, ArgumentOrigin origin, EnvironmentSession initial, SeededRandom random)
    {
        if (argument is { Collection: null, Role: ArgumentRole.Value } && origin.Kind == OriginKind.User && !SpokenWords.IsEmpty(argument.Value))
        {
            return OtherWords.For(package, request.Goal.Tool, argument, initial, random) is { } wrong
                ? (new WrongWord(argument.Parameter, wrong), new RequestCorrection(request.FirstCall + request.Calls.Count - 1, argument.Parameter, wrong)) : null;
        }

        if (argument is not { Collection: { } target, Role: ArgumentRole.Key } || origin.Step is not { } step || step < request.FirstCall
            || request.Calls[step - request.FirstCall] is not { } lookup || lookup.Arguments.FirstOrDefault(other => other.Role is ArgumentRole.Query or ArgumentRole.Filter) is not { } by)
        {
            return null;
        }

        var collection = package.Schema.Find(target)!;
        var isLabel = by.Role == ArgumentRole.Query || lookup.Tool.Binding.Fields.GetValueOrDefault(by.Parameter) == collection.Label;
        return isLabel && lookup.Tool.Binding.Collection == target && by.Value.ValueKind == JsonValueKind.String && OtherWords.Label(collection, by.Value.GetString()!, initial, random) is { } label
            ? (new WrongWord(argument.Parameter, label), new RequestCorrection(step, by.Parameter, label)) : null;
    }
}
