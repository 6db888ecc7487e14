using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Environments.Audit;

/// <summary>
/// Derives the calls of a tool's audit from valid ones, its schema and the rows: other rows, each parameter alone and several together, values
/// at bounds, and whatever a careless caller may send. What the schema forbids must fail; what it allows must give a result or a clear error.
/// </summary>
internal sealed class CallPlan(EnvironmentPackage package, PackageTool tool, EnvironmentSession session)
{
    /// <summary>Calls that reach the program, at most.</summary>
    private const int MostCalls = 150;

    private readonly CollectionSpec collection = package.Schema.Find(tool.Binding.Collection)!;
    private readonly ParameterValues values = new(package, tool, session);
    private readonly JsonSchema schema = JsonSchema.Compile(tool.Spec.Parameters);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly List<AuditCall> calls = [];
    private int reaching;

    /// <summary>The calls, in a fixed order and each once.</summary>
    /// <param name="samples">Valid calls, at least one; they are not repeated.</param>
    public IReadOnlyList<AuditCall> From(IReadOnlyList<SampledCall> samples)
    {
        seen.UnionWith(samples.Select(sample => CanonicalJson.Write(sample.ToJson())));
        var full = samples.MaxBy(sample => sample.Arguments.Count)!;
        var whole = ObjectOf(full.Arguments);
        var least = ObjectOf(full.Arguments.Where(argument => tool.Required.Contains(argument.Parameter) || argument.Role == ArgumentRole.Key));
        if (tool.Writes)
        {
            calls.Add(new AuditCall(AuditCase.Repeat, "twice", Element(whole), AuditExpectation.Answer));
        }

        foreach (var argument in full.Arguments.Where(argument => argument.Collection is not null))
        {
            var mustExist = (tool.Binding.Kind is not (OperationKind.List or OperationKind.Search) || tool.Required.Contains(argument.Parameter))
                && !(tool.Binding.Upserts && argument.Parameter == tool.Binding.KeyParameter);
            var unknown = argument.Value.ValueKind == JsonValueKind.Number ? JsonValue.Create(1_999_999_999) : (JsonNode)"no-such-id";
            Add(AuditCase.UnknownId, $"with an unknown {argument.Parameter}", whole, [(argument.Parameter, unknown)], mustExist);
        }

        Add(AuditCase.Value, "with as little as possible", least, []);
        AddRows(whole);
        AddOwners(whole);
        foreach (var parameter in values.Parameters)
        {
            foreach (var value in values.OfRows(parameter))
            {
                Add(AuditCase.Value, $"with {parameter} = {Show(value)}", least, [(parameter, value)]);
            }
        }

        foreach (var together in values.Together())
        {
            Add(AuditCase.Together, $"with {string.Join(", ", together.Select(given => $"{given.Parameter} = {Show(given.Value)}"))}", least, together);
        }

        AddBad(whole);
        return calls;
    }

    /// <summary>The call on other rows: of every status and flag, referred to and not.</summary>
    private void AddRows(JsonObject whole)
    {
        var key = tool.Binding.KeyParameter;
        if (key is null ? tool.Binding.Owners.Count < 2 : tool.SchemaOf(key) is null)
        {
            return;
        }

        foreach (var row in values.DiverseRows(collection.Name))
        {
            var given = new List<(string, JsonNode?)>();
            if (key is not null)
            {
                given.Add((key, ParameterValues.KeyFor(tool.SchemaOf(key)!.Value, row.GetProperty(collection.Key))));
            }

            given.AddRange(tool.Binding.Owners.Where(owner => row.TryGetProperty(owner.Value, out _)).Select(owner => (owner.Key, Node(row.GetProperty(owner.Value)))));
            Add(AuditCase.Row, $"on {collection.Name}/{StoredKey.Of(row.GetProperty(collection.Key))}", whole, given);
        }
    }

    /// <summary>Rows asked for under an owner that exists but is not theirs.</summary>
    private void AddOwners(JsonObject whole)
    {
        foreach (var (parameter, field) in tool.Binding.Owners)
        {
            var target = collection.Fields.First(other => other.Name == field).References;
            var others = session.Rows(target ?? collection.Name)
                .Select(row => target is not null ? row.Value.GetProperty(package.Schema.Find(target)!.Key) : row.Value.TryGetProperty(field, out var held) ? held : default)
                .Where(held => held.ValueKind != JsonValueKind.Undefined && whole[parameter]?.ToJsonString() != Node(held)?.ToJsonString());
            foreach (var other in others.Where(other => tool.Binding.KeyParameter is not null || !IsJoined(whole, parameter, other)).Take(1))
            {
                Add(AuditCase.OtherOwner, $"under another {parameter}", whole, [(parameter, Node(other))], mustFail: true);
            }
        }
    }

    /// <summary>Whether a link joins another thing to the rest as well.</summary>
    private bool IsJoined(JsonObject whole, string parameter, JsonElement other) => session.Rows(collection.Name).Any(row => tool.Binding.Owners.All(owner =>
        row.Value.TryGetProperty(owner.Value, out var held) && Node(held)?.ToJsonString() == (owner.Key == parameter ? Node(other) : whole[owner.Key])?.ToJsonString()));

    private void AddBad(JsonObject whole)
    {
        foreach (var name in tool.Required)
        {
            var without = (JsonObject)whole.DeepClone();
            without.Remove(name);
            Add(AuditCase.Missing, $"without {name}", without, [], mustFail: true);
        }

        foreach (var parameter in values.Parameters)
        {
            foreach (var (reason, value, what) in ParameterValues.OfSchema(tool.SchemaOf(parameter)!.Value))
            {
                Add(reason, $"with {what} {parameter}", whole, [(parameter, value)]);
            }
        }
    }

    private void Add(AuditCase reason, string what, JsonObject start, IEnumerable<(string Parameter, JsonNode? Value)> given, bool mustFail = false)
    {
        var arguments = (JsonObject)start.DeepClone();
        foreach (var (parameter, value) in given)
        {
            arguments[parameter] = value?.DeepClone();
        }

        var element = Element(arguments);
        var valid = schema.IsValid(element);
        if ((!valid && package.PassesAnyArguments) || (valid && reaching >= MostCalls) || !seen.Add(CanonicalJson.Write(element)))
        {
            return;
        }

        reaching += valid ? 1 : 0;
        calls.Add(new AuditCall(reason, what, element, mustFail || !valid ? AuditExpectation.Error : AuditExpectation.Answer));
    }

    private static JsonObject ObjectOf(IEnumerable<SampledArgument> arguments)
    {
        var value = new JsonObject();
        foreach (var argument in arguments)
        {
            value[argument.Parameter] = Node(argument.Value);
        }

        return value;
    }

    private static JsonElement Element(JsonObject arguments) => JsonSerializer.SerializeToElement(arguments);

    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());

    private static string Show(JsonNode? value)
    {
        var text = value?.ToJsonString() ?? "null";
        return text.Length <= 60 ? text : text[..60] + "...";
    }
}
