using System.Text.Json;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;
using AgentScaler.Tasks.Abstention;

namespace AgentScaler.Tasks;

/// <summary>
/// Whether a task makes sense as it is written down: each argument comes from where it is said to, no read is superfluous, and the words say in time what
/// the user must give and nothing it must not. What only a run can show is for <see cref="TaskAudit"/>.
/// </summary>
internal static class TaskCoherence
{
    /// <summary>A reason of <see cref="TaskReasons"/>, or null if the task is coherent.</summary>
    public static string? Check(TaskSpec task, EnvironmentPackage package)
    {
        var results = task.Gold.Select(call => JsonText.Read(call.Result)).ToList();
        for (var i = 0; i < task.Gold.Count; i++)
        {
            var tool = package.Tools.First(tool => tool.Name == task.Gold[i].Tool);
            if (Provenance(task.Gold[i], i, tool, results) is { } fault)
            {
                return fault;
            }
        }

        return Outputs(task, results) ?? Conditions(task, results) ?? Abstentions(task, results) ?? Superfluous(task) ?? Intent(task, package);
    }

    private static string? Provenance(GoldCall call, int position, PackageTool tool, List<JsonElement?> results)
    {
        if (!call.Arguments.EnumerateObject().Select(argument => argument.Name).Order(StringComparer.Ordinal)
            .SequenceEqual(call.Origins.Select(origin => origin.Parameter).Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            return TaskReasons.NoProvenance;
        }

        return call.Origins.All(origin => Holds(origin, call.Arguments.GetProperty(origin.Parameter), position, tool, results)) ? null : TaskReasons.WrongProvenance;
    }

    private static bool Holds(ArgumentOrigin origin, JsonElement value, int position, PackageTool tool, List<JsonElement?> results) => origin switch
    {
        { Kind: OriginKind.User, Step: null, Path: null } => true,
        { Kind: OriginKind.Constant, Step: null, Path: null } => tool.SchemaOf(origin.Parameter) is { } schema && ConstantValue.Of(schema) is { } constant && CanonicalJson.AreEqual(constant, value),
        { Kind: OriginKind.Output or OriginKind.State, Step: { } step, Path: { } path } when step >= 0 && step < position =>
            results[step] is { } result && ResultPath.Find(result, path) is { } shown && (CanonicalJson.AreEqual(shown, value) || (IsScalar(shown) && IsScalar(value) && StoredKey.Of(shown) == StoredKey.Of(value))),
        _ => false,
    };

    private static bool IsScalar(JsonElement value) => value.ValueKind is JsonValueKind.String or JsonValueKind.Number;

    private static string? Outputs(TaskSpec task, List<JsonElement?> results) => task.Requests.SelectMany(request => request.RequiredOutputs)
        .All(output => output.Call >= 0 && output.Call < results.Count && results[output.Call] is { } result && ResultPath.Find(result, output.Path) is { } shown
            && ScalarTexts.Of(shown).SequenceEqual([output.Text], StringComparer.Ordinal))
        ? null : TaskReasons.WrongOutput;

    /// <summary>What is to decide between two wishes stands in a result of the same request, before the call it decides on, and is or is not what the user names.</summary>
    private static string? Conditions(TaskSpec task, List<JsonElement?> results) => task.Requests.Where(request => request.Condition is not null).All(request =>
        request.Condition is { } condition && condition.Call >= request.FirstCall && condition.Call < request.FirstCall + request.Calls - 1
        && results[condition.Call] is { } result && ResultPath.Find(result, condition.Path) is { ValueKind: JsonValueKind.String or JsonValueKind.True or JsonValueKind.False } shown
        && ScalarTexts.Of(shown).SequenceEqual([condition.Value], StringComparer.Ordinal) == condition.Holds)
        ? null : TaskReasons.WrongCondition;

    /// <summary>Why a request must not be served stands where it is said to, and nobody is told to serve it all the same.</summary>
    private static string? Abstentions(TaskSpec task, List<JsonElement?> results) => task.Requests.All(request => request.Abstention switch
    {
        null => request.Calls > 0,
        { Kind: AbstentionKind.MissingGiven, Withheld: { Facts.Count: > 0 } withheld } => request.Calls > 0 && task.Gold[request.FirstCall + request.Calls - 1] is var goal
            && goal.Arguments.TryGetProperty(withheld.Parameter, out var value) && ScalarTexts.Of(value).SequenceEqual(withheld.Facts, StringComparer.Ordinal),
        { Kind: AbstentionKind.MissingRefused, Withheld.Facts.Count: 0, Tempting: not null } => request.Calls == 0,
        { Kind: AbstentionKind.AgainstPolicy, Rule: not null, Tempting: not null, Reason: var reason } => task.Gold.Skip(request.FirstCall).Take(request.Calls).All(call => !call.Writes)
            && (reason is null || (reason.Call >= request.FirstCall && reason.Call < request.FirstCall + request.Calls && results[reason.Call] is { } result
                && ResultPath.Find(result, reason.Path) is { } shown && ScalarTexts.Of(shown).SequenceEqual([reason.Value], StringComparer.Ordinal))),
        { Kind: AbstentionKind.NoTool, Deed: not null } => request.Calls == 0,
        _ => false,
    }) ? null : TaskReasons.WrongAbstention;

    /// <summary>A read matters by what the user is told of it, or by what a later call takes from it. That each write matters is tried out.</summary>
    private static string? Superfluous(TaskSpec task)
    {
        var told = task.Requests.SelectMany(request => request.RequiredOutputs).Select(output => output.Call);
        var used = told.Concat(task.Requests.Select(request => request.Condition?.Call).OfType<int>())
            .Concat(task.Requests.Select(request => request.Abstention?.Reason?.Call).OfType<int>()).Concat(task.Gold.SelectMany(call => call.Origins).Select(origin => origin.Step).OfType<int>()).ToHashSet();
        return Enumerable.Range(0, task.Gold.Count).All(call => task.Gold[call].Writes || used.Contains(call)) ? null : TaskReasons.Superfluous;
    }

    /// <summary>What is wrong with the words: a tool they name, a fact they hide, a value they give away; null if nothing.</summary>
    private static string? Intent(TaskSpec task, EnvironmentPackage package)
    {
        var text = string.Join('\n', task.Requests.Select(request => request.Text));
        if (package.Tools.Any(tool => IsMadeUp(tool.Name) && text.Contains(tool.Name, StringComparison.OrdinalIgnoreCase)))
        {
            return TaskReasons.NamesTool;
        }

        var said = "";
        foreach (var request in task.Requests)
        {
            said += request.Text + "\n";
            if (request.Abstention?.Withheld is { } withheld)
            {
                if (withheld.Facts.Any(fact => ScalarTexts.IsSaidIn(text, fact)))
                {
                    return TaskReasons.GivesAway;
                }

                said += withheld.Answer + "\n";
            }

            IEnumerable<GoldCall> wished = request switch
            {
                { Condition: { } condition } => [condition.Otherwise],
                { Abstention: { Kind: AbstentionKind.AgainstPolicy, Tempting: { } forbidden } } => [forbidden],
                _ => [],
            };
            if (task.Gold.Skip(request.FirstCall).Take(request.Calls).Concat(wished).Any(call => Facts(call).Any(fact => !ScalarTexts.IsSaidIn(said, fact))))
            {
                return TaskReasons.HidesFact;
            }
        }

        // What the user must say somewhere is no secret elsewhere.
        var facts = task.Gold.SelectMany(Facts).ToHashSet(StringComparer.Ordinal);
        var secrets = task.Gold.SelectMany(call => Scalars(call, origin => origin.Step is not null)).Where(secret => !facts.Contains(secret));
        return secrets.Any(secret => ScalarTexts.IsSaidIn(text, secret))
            || task.Requests.Any(request => request.RequiredOutputs.Any(output => ScalarTexts.IsSaidIn(request.Text, output.Text)))
            ? TaskReasons.GivesAway : null;
    }

    /// <summary>Whether a name is none that people would say: words joined by signs or by capitals.</summary>
    private static bool IsMadeUp(string name) => name.AsSpan().ContainsAny('_', '-', '.') || name.Skip(1).Any(char.IsUpper);

    private static IEnumerable<string> Facts(GoldCall call) => Scalars(call, origin => origin.Kind == OriginKind.User).Where(fact => !string.IsNullOrWhiteSpace(fact));

    private static IEnumerable<string> Scalars(GoldCall call, Func<ArgumentOrigin, bool> wanted) =>
        call.Origins.Where(wanted).SelectMany(origin => ScalarTexts.Of(call.Arguments.GetProperty(origin.Parameter)));
}
