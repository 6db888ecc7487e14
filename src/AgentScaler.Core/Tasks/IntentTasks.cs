using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Json;

namespace AgentScaler.Tasks;

/// <summary>
/// Makes tasks of the intents that a person gives with a package: the words are kept, the calls are executed, and where each argument comes from is found out
/// by looking: the user says it, an earlier result shows it, or the schema leaves no choice.
/// </summary>
internal sealed class IntentTasks(EnvironmentEngine engine, LoadedEnvironment environment, IReadOnlyList<DependencyEdge> dependencies)
{
    private readonly IntentOrigins origins = new(environment.Package, dependencies);
    private readonly Dictionary<string, PackageTool> tools = environment.Package.Tools.ToDictionary(tool => tool.Name, StringComparer.Ordinal);

    /// <summary>The task of an intent, not yet audited; null with the reason why there is none.</summary>
    /// <param name="index">The intent's position in its file.</param>
    public (TaskSpec? Task, IntentOutcome Outcome) Make(GivenIntent intent, int index, Seed seed)
    {
        var place = $"{PackageFiles.Intents}, $[{index}]";
        var session = engine.Open(environment, seed);
        var initialHash = session.StateHash;
        var gold = new List<GoldCall>();
        var requests = new List<UserRequest>();
        var said = "";
        if (intent is not { Requests.Count: > 0 })
        {
            return (null, new IntentOutcome(place, null, "intent.empty", "expected at least one request"));
        }

        for (var i = 0; i < intent.Requests.Count; i++)
        {
            var request = intent.Requests[i];
            var at = $"{place}.requests[{i}]";
            if (request is not { Calls.Count: > 0 } || string.IsNullOrWhiteSpace(request.Text))
            {
                return (null, new IntentOutcome(at, null, "intent.empty", "expected a text and at least one call"));
            }

            said += request.Text + "\n";
            var first = gold.Count;
            for (var j = 0; j < request.Calls.Count; j++)
            {
                if (Execute(request.Calls[j], session, said, gold) is { } fault)
                {
                    return (null, new IntentOutcome($"{at}.calls[{j}]", null, fault.Reason, fault.Detail));
                }
            }

            var outputs = new List<RequiredOutput>();
            using var last = JsonDocument.Parse(gold[^1].Result);
            foreach (var path in request.Tell ?? [])
            {
                if (path is null || ResultPath.Find(last.RootElement, path) is not { ValueKind: JsonValueKind.String or JsonValueKind.Number } fact
                    || string.IsNullOrWhiteSpace(ScalarTexts.Of(fact).Single()))
                {
                    return (null, new IntentOutcome($"{at}.tell", null, "intent.tells-nothing", $"expected the path of a text or number in the result of {gold[^1].Tool}, found '{path}'; the result is {Cut(gold[^1].Result)}"));
                }

                outputs.Add(new RequiredOutput(ScalarTexts.Of(fact).Single(), gold.Count - 1, path));
            }

            if (outputs.Count == 0 && gold.Skip(first).All(call => !call.Writes))
            {
                return (null, new IntentOutcome(at, null, "intent.proves-nothing", "a request that only reads needs `tell`: what of the last result the user must be told"));
            }

            requests.Add(new UserRequest(request.Text, first, gold.Count - first, outputs));
        }

        var task = new TaskSpec
        {
            Id = "",
            Environment = environment.Package.Id,
            Seed = seed.Path,
            InitialChanges = [],
            Requests = requests,
            Gold = gold,
            InitialHash = initialHash,
            GoldHash = session.StateHash,
        };
        task = task with { Id = ContentId.Of("task", CanonicalJson.Serialize(task)) };
        return (task, new IntentOutcome(place, task.Id, null, ""));
    }

    private (string Reason, string Detail)? Execute(IntentCall call, EnvironmentSession session, string said, List<GoldCall> gold)
    {
        if (call is not { Tool: not null } || !tools.TryGetValue(call.Tool, out var tool))
        {
            return ("intent.unknown-tool", $"expected a tool of the environment, found '{call?.Tool}'; its tools are {string.Join(", ", tools.Keys)}");
        }

        if (call.Arguments.ValueKind != JsonValueKind.Object)
        {
            return ("intent.bad-arguments", $"expected an object of arguments, found {call.Arguments.ValueKind}");
        }

        var found = new List<ArgumentOrigin>();
        foreach (var argument in call.Arguments.EnumerateObject().OrderBy(argument => argument.Name, StringComparer.Ordinal))
        {
            if (origins.Of(tool, argument, said, gold) is not { } origin)
            {
                return ("intent.hides-fact", $"the value {argument.Value.GetRawText()} of {argument.Name} is neither said by the user up to here nor shown by an earlier call; yes or no, and a number of few digits that names no row, stand there by chance");
            }

            found.Add(origin);
        }

        var before = session.StateHash;
        var result = session.Call(tool.Name, call.Arguments);
        if (result.IsError)
        {
            return ("intent.call-fails", $"{tool.Name}({CanonicalJson.Write(call.Arguments)}): {Cut(result.Content)}");
        }

        gold.Add(new GoldCall(tool.Name, call.Arguments.Clone(), found, session.StateHash != before, result.Content));
        return null;
    }

    private static string Cut(string text) => text.Length <= 200 ? text : text[..200] + "...";
}
