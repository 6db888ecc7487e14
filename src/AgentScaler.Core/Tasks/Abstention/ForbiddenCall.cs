using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Tasks.Coverage;

namespace AgentScaler.Tasks.Abstention;

/// <summary>Asks for what a rule of the policy forbids: a status that can't be reached from where the row is, or a number out of bounds. Tried out: the program refuses it with the rule's error.</summary>
internal sealed class ForbiddenCall(TaskSettings settings) : IAbstentionMaker
{
    private const int MostRequestsBefore = 2;

    /// <inheritdoc/>
    public bool IsPossible(EnvironmentPackage package, IReadOnlyList<PackageTool> tools) => Rules(package).Any(rule => Bound(package, rule).Any());

    /// <inheritdoc/>
    public AbstainingPlan? Make(EnvironmentPackage package, IReadOnlyList<PlannedRequest> walk, Func<EnvironmentSession> open, Seed seed)
    {
        var random = seed.Random();
        var before = walk.Take(random.Between(0, Math.Min(MostRequestsBefore, walk.Count))).ToList();
        var session = open();
        foreach (var call in before.SelectMany(request => request.Calls))
        {
            session.Call(call.Tool.Name, call.ToJson());
        }

        var touched = before.SelectMany(request => request.Calls).SelectMany(call => call.Arguments).Select(argument => StoredKey.Of(argument.Value)).ToHashSet(StringComparer.Ordinal);
        foreach (var rule in random.Shuffle(Rules(package)))
        {
            foreach (var tool in random.Shuffle(Bound(package, rule)))
            {
                var attempt = new Attempt(package, session, settings, rule, tool, before.Sum(request => request.Calls.Count), touched, seed.Child(tool.Name));
                if ((rule.Kind == PolicyRuleKind.Status ? attempt.OutOfStatus() : attempt.OutOfBounds()) is (var request, var reason))
                {
                    return new AbstainingPlan([.. before, request], before.Count, new RequestAbstention(AbstentionKind.AgainstPolicy)
                    {
                        Rule = rule.Text,
                        Reason = reason,
                        Tempting = new GoldCall(tool.Name, request.Goal.ToJson(), request.Goal.Origins, Writes: false, ""),
                    })
                    {
                        GoldCalls = request.Calls.Count - 1,
                    };
                }
            }
        }

        return null;
    }

    private static IEnumerable<PolicyRule> Rules(EnvironmentPackage package) => package.Rules.Where(rule => rule.Kind is PolicyRuleKind.Status or PolicyRuleKind.Limit && rule.Field is not null);

    /// <summary>The tools that a rule binds and that can be called by what the user and lookups say.</summary>
    private static IEnumerable<PackageTool> Bound(EnvironmentPackage package, PolicyRule rule) =>
        package.Tools.Where(tool => tool.Writes && rule.Tools.Contains(tool.Name) && tool.Binding.Owners.Count == 0 && tool.Binding.Collection == rule.Collection);

    /// <summary>The search for a call of one tool against one rule.</summary>
    private sealed class Attempt(
        EnvironmentPackage package, EnvironmentSession session, TaskSettings settings, PolicyRule rule, PackageTool tool, int first, HashSet<string> touched, Seed seed)
    {
        private readonly SeededRandom random = seed.Random();
        private readonly CollectionSpec collection = package.Schema.Find(tool.Binding.Collection)!;

        /// <summary>A row in another status than the rule allows, found and looked at, then the call.</summary>
        public (PlannedRequest Request, ShownReason? Reason)? OutOfStatus()
        {
            if (tool.Binding.KeyParameter is not { } key)
            {
                return null;
            }

            var rows = session.Rows(collection.Name).Where(row => !touched.Contains(row.Key)
                && row.Value.TryGetProperty(rule.Field!, out var status) && status.ValueKind == JsonValueKind.String && !rule.Values.Contains(status.GetString()!));
            foreach (var row in random.Shuffle(rows).Take(4))
            {
                var named = new SampledArgument(key, ArgumentRole.Key, collection.Name, ParameterForms.Key(tool, key, row.Value.GetProperty(collection.Key)));
                if (CallSampler.Complete(tool, [named]) is { } goal && IsRefused(goal) && Looks(goal, row.Key) is { } looks)
                {
                    var (calls, reason, source) = looks;
                    return (new PlannedRequest(first, [.. calls, Planned(goal, source)]), reason);
                }
            }

            return null;
        }

        /// <summary>A call like another, but with a number that the rule does not allow; the request says all there is to know.</summary>
        public (PlannedRequest Request, ShownReason? Reason)? OutOfBounds()
        {
            if (new CallSampler(package, seed.Child("call")).Sample(tool, session) is not { } call || call.Arguments.FirstOrDefault(argument => tool.Binding.Fields.GetValueOrDefault(argument.Parameter) == rule.Field) is not { } bounded
                || (rule.Maximum ?? rule.Minimum) is not { } bound)
            {
                return null;
            }

            var beyond = Math.Ceiling(Math.Abs(bound) / 10) + random.Between(1, 5);
            var value = rule.Maximum is null ? bound - beyond : bound + beyond;
            var number = value == Math.Floor(value) ? JsonSerializer.SerializeToElement((long)value) : JsonSerializer.SerializeToElement(value);
            var goal = call with { Arguments = [.. call.Arguments.Select(argument => argument == bounded ? argument with { Value = number } : argument)] };
            return IsRefused(goal) ? (new PlannedRequest(first, [Planned(goal, null)]), null) : null;
        }

        /// <summary>Whether the program, or the schema where it bounds a number, refuses the call and changes nothing.</summary>
        private bool IsRefused(SampledCall call)
        {
            var before = session.StateHash;
            var result = session.Call(tool.Name, call.ToJson());
            return result.IsError && session.StateHash == before && (result.ErrorCode == rule.Error || (rule.Kind == PolicyRuleKind.Limit && result.ErrorCode == "invalid_arguments"));
        }

        /// <summary>The calls that find the row and show its status, and where the key then stands; null where no tool shows it.</summary>
        private (IReadOnlyList<PlannedCall> Calls, ShownReason Reason, ArgumentOrigin? Key)? Looks(SampledCall goal, string row)
        {
            var calls = new List<PlannedCall>();
            ArgumentOrigin? key = null;
            var finder = new LookupFinder(package, session, new CoveragePlan(package, [], settings), random);
            if (finder.Find(new RowKey(collection.Name, row), goal) is { } lookup && lookup.Arguments.All(argument => argument.Collection is null))
            {
                if (Execute(lookup, null) is not { } found || Shown(found, row) is not { } place)
                {
                    return null;
                }

                calls.Add(found);
                key = new ArgumentOrigin("", OriginKind.State, first, place.KeyPath);
                if (place.Reason is { } reason)
                {
                    return (calls, reason, key);
                }
            }

            foreach (var get in package.Tools.Where(other => other.Binding.Kind == OperationKind.Get && other.Binding.Collection == collection.Name && other.Binding.Owners.Count == 0 && other.Binding.KeyParameter is not null))
            {
                var named = goal.Arguments.First(argument => argument.Role == ArgumentRole.Key);
                if (CallSampler.Complete(get, [named with { Parameter = get.Binding.KeyParameter!, Value = ParameterForms.Key(get, get.Binding.KeyParameter!, named.Value) }]) is { } call
                    && Execute(call, key) is { } looked && Shown(looked, row, calls.Count)?.Reason is { } reason)
                {
                    return ([.. calls, looked], reason, key);
                }
            }

            return null;
        }

        private PlannedCall? Execute(SampledCall call, ArgumentOrigin? key)
        {
            var result = session.Call(call.Tool.Name, call.ToJson());
            return result.IsError ? null : Planned(call, key) with { Lookup = true, Result = result.Content };
        }

        private static PlannedCall Planned(SampledCall call, ArgumentOrigin? key) => new(call.Tool, call.Arguments, [.. call.Arguments.Select(argument =>
            argument.Role == ArgumentRole.Key && key is not null ? key with { Parameter = argument.Parameter }
            : new ArgumentOrigin(argument.Parameter, argument.Role == ArgumentRole.Other && call.Tool.SchemaOf(argument.Parameter) is { } schema && ConstantValue.Of(schema) is { } constant
                && JsonElement.DeepEquals(constant, argument.Value) ? OriginKind.Constant : OriginKind.User))], Lookup: false, Writes: call.Tool.Writes, Result: "");

        /// <summary>Where a result shows the row's key, and its status if it does.</summary>
        private (string KeyPath, ShownReason? Reason)? Shown(PlannedCall call, string row, int position = 0)
        {
            using var result = JsonDocument.Parse(call.Result);
            var fields = call.Tool.Binding.ResultFields;
            var (key, status) = (fields.FirstOrDefault(field => field.Value == collection.Key).Key, fields.FirstOrDefault(field => field.Value == rule.Field).Key);
            foreach (var (path, content) in KnownRows.RowsOf(call.Tool, result.RootElement, int.MaxValue))
            {
                if (call.Tool.Binding.Kind != OperationKind.Get && (key is null || !content.TryGetProperty(key, out var own) || StoredKey.Of(own) != row))
                {
                    continue;
                }

                return (ShownRows.PathOf(path, key ?? ToolBinding.Itself), status is not null && content.TryGetProperty(status, out var value) && value.ValueKind == JsonValueKind.String
                    ? new ShownReason(first + position, ShownRows.PathOf(path, status), value.GetString()!) : null);
            }

            return null;
        }
    }
}
