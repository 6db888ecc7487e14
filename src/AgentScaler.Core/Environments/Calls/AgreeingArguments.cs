using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Materialisation.Values;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Calls;

/// <summary>Makes the values of one call agree with each other, and with the row that the call changes.</summary>
internal static class AgreeingArguments
{
    /// <summary>The arguments with the sense between fields that rows have: starts before ends, totals that add up; none that would cross what the row keeps.</summary>
    public static List<SampledArgument> Of(PackageTool tool, CollectionSpec collection, List<SampledArgument> arguments, JsonElement? row)
    {
        var values = new JsonObject();
        foreach (var argument in arguments.Where(argument => argument is { Role: ArgumentRole.Value, Collection: null }))
        {
            values[argument.Parameter] = JsonNode.Parse(argument.Value.GetRawText());
        }

        Coherence.Apply(values, name => FieldSchemas.Narrow(tool.SchemaOf(name)!.Value, collection.Fields.First(field => field.Name == tool.Binding.Fields[name]).Type));
        var agreeing = arguments.Select(argument => values.TryGetPropertyValue(argument.Parameter, out var value) ? argument with { Value = JsonSerializer.SerializeToElement(value) } : argument).ToList();
        foreach (var argument in row is { } kept ? agreeing.Where(argument => !tool.Required.Contains(argument.Parameter) && Crosses(tool, agreeing, argument, kept)).ToList() : [])
        {
            if (agreeing.Count > 1)
            {
                agreeing.Remove(argument);
            }
        }

        return agreeing;
    }

    /// <summary>Whether a bound would lie on the wrong side of the other bound that the row keeps.</summary>
    private static bool Crosses(PackageTool tool, List<SampledArgument> all, SampledArgument argument, JsonElement row)
    {
        var field = tool.Binding.Fields.GetValueOrDefault(argument.Parameter);
        if (field is null || argument.Collection is not null)
        {
            return false;
        }

        return Coherence.OthersOf(field, row.EnumerateObject().Select(property => property.Name)).Any(other =>
            all.All(given => tool.Binding.Fields.GetValueOrDefault(given.Parameter) != other.Name) && (other.IsUpper ? Coherence.IsNoRange(argument.Value, row.GetProperty(other.Name)) : Coherence.IsNoRange(row.GetProperty(other.Name), argument.Value)));
    }
}
