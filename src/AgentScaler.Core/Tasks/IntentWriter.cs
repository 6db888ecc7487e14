using System.Text;
using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Packages;
using AgentScaler.Tasks.Wording;

namespace AgentScaler.Tasks;

/// <summary>
/// Phrases the user's requests from an executed walk (paper: the intent is written from the executed sequence): what the user knows and
/// wants, never tool names, never values the agent must look up.
/// </summary>
/// <param name="manner">Style and language; plain English where none is given. What is asked does not depend on it.</param>
internal sealed class IntentWriter(EnvironmentPackage package, Seed seed, RequestManner? manner = null)
{
    private readonly RequestGrammar grammar = RequestGrammar.Of(manner ?? RequestManner.Default, seed.Child("phrases").Random());
    private readonly SeededRandom order = seed.Child("order").Random();
    private readonly AskedFields asked = new(seed.Child("asked").Random());
    private readonly StringBuilder told = new();
    private readonly StringBuilder shown = new();
    private readonly Dictionary<string, string> places = new(StringComparer.Ordinal);
    private readonly List<PlannedCall> earlier = [];

    /// <summary>The grammar, for sentences beside the requests.</summary>
    public RequestGrammar Grammar => grammar;

    /// <summary>Phrases one request; requests are phrased in the order they are spoken.</summary>
    /// <param name="withheld">A parameter of the goal that the user leaves out; null for none.</param>
    /// <param name="slip">What the user says wrongly first; null for nothing.</param>
    /// <returns>Null if the goal reads and shows nothing that could be asked for.</returns>
    public UserRequest? Write(PlannedRequest request, string? withheld = null, WrongWord? slip = null)
    {
        var collection = package.Schema.Find(request.Goal.Tool.Binding.Collection)!;
        var parts = new RequestParts(package, grammar, request, new SpokenBefore(places, earlier), withheld, slip);
        var said = parts.Told();
        IReadOnlyList<RequiredOutput> outputs = [];
        string text;
        if (request.Condition is { } condition)
        {
            text = Choice(request, condition, parts, collection);
        }
        else if (request.Goal.Writes)
        {
            text = Order(request.Goal, parts, collection, withheld);
        }
        else if (asked.Choose(request, collection, $"{told} {said}", shown.ToString()) is { Fields: { Count: > 0 } fields } question)
        {
            outputs = question.Outputs;
            text = request.Goal.Tool.Binding.Kind == OperationKind.Get
                ? grammar.Get(fields, parts.Row(collection), parts.Places(), Values(parts))
                : grammar.List(fields, SpokenWords.Plain(collection.Name), parts.Places(), Values(parts), question.Rows);
        }
        else
        {
            return null;
        }

        told.Append(' ').Append(said);
        foreach (var (stem, value) in parts.Said)
        {
            places[stem] = value;
        }

        earlier.AddRange(request.Calls);
        shown.Append(' ').AppendJoin(' ', request.Calls.Select(call => call.Result));
        asked.Add(outputs);
        return new UserRequest(text, request.FirstCall, request.Calls.Count, outputs) { Condition = request.Condition?.ToCondition() };
    }

    /// <summary>Two wishes, of which the state decides one.</summary>
    private string Choice(PlannedRequest request, PlannedCondition condition, RequestParts parts, CollectionSpec collection)
    {
        var goal = Deed(request);
        var other = Deed(request with { Calls = [.. request.Calls.SkipLast(1), condition.Otherwise] });
        var (first, second) = condition.Holds ? (goal, other) : (other, goal);
        return grammar.Choose(condition.Property, parts.Row(collection), parts.Places(), grammar.Quoted(JsonSerializer.SerializeToElement(condition.Value)), first, second);
    }

    /// <summary>What a goal does to a row named before, as an order.</summary>
    private string Deed(PlannedRequest request)
    {
        var values = Values(new RequestParts(package, grammar, request, new SpokenBefore(places, earlier), null, null));
        return request.Goal.Tool.Binding.Kind == OperationKind.Update ? grammar.SetIts(values) : grammar.MoveIt(StatusDeed.Of(request.Goal.Tool), values);
    }

    private string Order(PlannedCall goal, RequestParts parts, CollectionSpec collection, string? withheld)
    {
        var values = Values(parts);
        var where = parts.Places();
        return goal.Tool.Binding.Kind switch
        {
            OperationKind.Create => grammar.Create(SpokenWords.Plain(collection.Noun), where, values),
            OperationKind.Update when values.Count == 0 && withheld is not null => grammar.UpdateOf(SpokenWords.NameOf(withheld), parts.Row(collection), where),
            OperationKind.Update => grammar.Update(parts.Row(collection), where, values),
            OperationKind.Delete => grammar.Delete(parts.Row(collection), where, values),
            _ => grammar.Status(StatusDeed.Of(goal.Tool), parts.Row(collection), where, values),
        };
    }

    /// <summary>The values in the order in which this user says them.</summary>
    private IReadOnlyList<SpokenValue> Values(RequestParts parts) => order.Shuffle(parts.Values());
}
