using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Environments.Audit;

/// <summary>
/// Calls of a listing where there is more to list than a page holds: pages, limits, offsets and cursors, and every order that a sort parameter may ask
/// for. On the few rows that a call finds in the initial state most of them would show the same.
/// </summary>
internal sealed class ListingCalls
{
    private const int Limit = 7;

    private const int MostSortFields = 12;

    private readonly PackageTool tool;
    private readonly CollectionSpec collection;
    private readonly JsonElement least;
    private readonly JsonSchema schema;
    private readonly ILookup<Paging.Role, string> parameters;

    private ListingCalls(PackageTool tool, CollectionSpec collection, JsonElement least)
    {
        this.tool = tool;
        this.collection = collection;
        this.least = least;
        schema = JsonSchema.Compile(tool.Spec.Parameters);
        parameters = (tool.Spec.Parameters.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().Select(property => property.Name) : [])
            .Where(name => !tool.Binding.Fields.ContainsKey(name) && !tool.Binding.Owners.ContainsKey(name)).ToLookup(Paging.RoleOf);
    }

    /// <summary>The call that says as little as a tool's schema lets it: the one that finds most.</summary>
    public static JsonElement Least(PackageTool tool, IReadOnlyList<SampledCall> samples)
    {
        var arguments = new JsonObject();
        foreach (var argument in samples[0].Arguments.Where(argument => tool.Required.Contains(argument.Parameter)))
        {
            arguments[argument.Parameter] = JsonNode.Parse(argument.Value.GetRawText());
        }

        return JsonSerializer.SerializeToElement(arguments);
    }

    /// <summary>The calls that a tool's schema allows, in a fixed order and each once; the first is the least one.</summary>
    /// <param name="keys">Keys of the rows that the least call finds, in the order of keys.</param>
    public static IReadOnlyList<JsonElement> Of(PackageTool tool, CollectionSpec collection, JsonElement least, IReadOnlyList<string> keys)
    {
        var calls = new ListingCalls(tool, collection, least);
        return [.. calls.All(keys).Prepend([]).Select(calls.With).Where(calls.schema.IsValid).DistinctBy(call => CanonicalJson.Write(call))];
    }

    private IEnumerable<(string Parameter, JsonNode Value)[]> All(IReadOnlyList<string> keys)
    {
        foreach (var limit in parameters[Paging.Role.Limit])
        {
            yield return [(limit, Text(limit, Limit))];
        }

        foreach (var (parameter, starts) in parameters[Paging.Role.Page].Select(name => (name, new[] { 1, 2, 3 })).Concat(parameters[Paging.Role.Offset].Select(name => (name, new[] { 1, Limit }))))
        {
            foreach (var start in starts)
            {
                yield return [(parameter, Text(parameter, start))];
                foreach (var limit in parameters[Paging.Role.Limit])
                {
                    yield return [(parameter, Text(parameter, start)), (limit, Text(limit, Limit))];
                }
            }
        }

        // The first row, and those after which a whole page, one row less and nothing is left.
        foreach (var at in new[] { 0, 1, keys.Count - ReadProgram.PageSize - 1, keys.Count - ReadProgram.PageSize, keys.Count - 1 }.Where(at => at >= 0 && at < keys.Count))
        {
            foreach (var cursor in parameters[Paging.Role.Cursor])
            {
                yield return [(cursor, keys[at])];
                foreach (var limit in parameters[Paging.Role.Limit])
                {
                    yield return [(cursor, keys[at]), (limit, Text(limit, Limit))];
                }
            }
        }

        foreach (var sort in parameters[Paging.Role.Sort])
        {
            foreach (var order in Orders())
            {
                yield return [(sort, order)];
            }

            foreach (var direction in parameters[Paging.Role.Direction])
            {
                foreach (var word in new[] { "asc", "desc", "DESC" })
                {
                    yield return [(sort, collection.Label ?? collection.Key), (direction, word)];
                }
            }
        }
    }

    /// <summary>Every field up and down; one of them in all forms that are in use.</summary>
    private IEnumerable<string> Orders()
    {
        var fields = collection.Fields.Where(field => ResultReader.TypeOf(field.Type) is "string" or "integer" or "number").Select(field => field.Name).Take(MostSortFields).ToList();
        var forms = new[] { collection.Label ?? collection.Key }.SelectMany(name => new[] { "+" + name, name + ":asc", name + ":desc", name + " asc", name + " desc" });
        return fields.SelectMany(name => new[] { name, "-" + name }).Concat(forms);
    }

    private JsonElement With((string Parameter, JsonNode Value)[] given)
    {
        var arguments = JsonNode.Parse(least.GetRawText())!.AsObject();
        foreach (var (parameter, value) in given)
        {
            arguments[parameter] = value.DeepClone();
        }

        return JsonSerializer.SerializeToElement(arguments);
    }

    private JsonNode Text(string parameter, int number) =>
        ResultReader.TypeOf(tool.SchemaOf(parameter)!.Value) == "string" ? number.ToString(CultureInfo.InvariantCulture) : number;
}
