using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AgentScaler.Json;

namespace AgentScaler.Campaigns;

/// <summary>
/// Compares a JSON value with the type it shall become and collects every difference. The serializer itself stops at the first, and knows no
/// ranges.
/// </summary>
internal static class CampaignCheck
{
    /// <summary>Adds what is wrong with a value to the errors.</summary>
    /// <param name="property">The member it is the value of, or null: its attributes bound the value.</param>
    public static void Check(JsonElement value, Type type, string path, JsonPropertyInfo? property, List<CampaignError> errors)
    {
        var shape = ArtifactJson.Options.GetTypeInfo(type);
        switch (shape.Kind)
        {
            case JsonTypeInfoKind.Object when value.ValueKind == JsonValueKind.Object:
                CheckObject(value, shape, path, errors);
                break;
            case JsonTypeInfoKind.Enumerable when value.ValueKind == JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Check(item, shape.ElementType!, $"{path}[{index++}]", null, errors);
                }

                break;
            case JsonTypeInfoKind.Dictionary when value.ValueKind == JsonValueKind.Object:
                foreach (var (name, member) in Members(value, path, errors))
                {
                    Check(member, shape.ElementType!, Below(path, name), null, errors);
                }

                break;
            case JsonTypeInfoKind.None:
                CheckLeaf(value, type, path, property, errors);
                break;
            default:
                errors.Add(new CampaignError(path, Expectation.Show(value), shape.Kind == JsonTypeInfoKind.Enumerable ? "an array" : "an object"));
                break;
        }
    }

    private static void CheckObject(JsonElement value, JsonTypeInfo shape, string path, List<CampaignError> errors)
    {
        var members = Members(value, path, errors);
        foreach (var (name, member) in members)
        {
            if (shape.Properties.FirstOrDefault(candidate => candidate.Name == name) is { } property)
            {
                Check(member, property.PropertyType, Below(path, name), property, errors);
            }
            else
            {
                var known = string.Join(", ", shape.Properties.Select(candidate => candidate.Name));
                errors.Add(new CampaignError(Below(path, name), "an unknown member", "one of " + known));
            }
        }

        CheckOrder(members, shape, path, errors);
    }

    /// <summary>A member <c>minimumX</c> must not exceed its <c>maximumX</c>, also where one of them is a default.</summary>
    private static void CheckOrder(List<(string Name, JsonElement Value)> members, JsonTypeInfo shape, string path, List<CampaignError> errors)
    {
        foreach (var minimum in shape.Properties.Where(property => property.Name.StartsWith("minimum", StringComparison.Ordinal)))
        {
            var maximum = shape.Properties.FirstOrDefault(property => property.Name == string.Concat("maximum", minimum.Name.AsSpan("minimum".Length)));
            if (maximum is not null
                && Effective(members, shape, minimum) is { } least
                && Effective(members, shape, maximum) is { } most
                && least > most)
            {
                errors.Add(new CampaignError(
                    Below(path, minimum.Name), Expectation.Show(least), $"no more than {maximum.Name}, which is {Expectation.Show(most)}"));
            }
        }
    }

    private static double? Effective(List<(string Name, JsonElement Value)> members, JsonTypeInfo shape, JsonPropertyInfo property)
    {
        var given = members.FindIndex(member => member.Name == property.Name);
        return given < 0
            ? Expectation.Number(property.Get!(shape.CreateObject!()))
            : members[given].Value.ValueKind == JsonValueKind.Number ? members[given].Value.GetDouble() : null;
    }

    private static void CheckLeaf(JsonElement value, Type type, string path, JsonPropertyInfo? property, List<CampaignError> errors)
    {
        var range = Expectation.Attribute<RangeAttribute>(property);
        var length = Expectation.Attribute<StringLengthAttribute>(property);
        object? read;
        try
        {
            read = value.Deserialize(type, ArtifactJson.Options);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter for text with half a surrogate pair, which is valid JSON but no text.
            read = null;
        }

        if (read is null
            || (range is not null && !range.IsValid(read))
            || (length is not null && !length.IsValid(read))
            || read is Uri { IsAbsoluteUri: false } or Uri { Scheme: not ("http" or "https") }
            || (read is DateTimeOffset && !Expectation.HasOffset(value.GetString()!)))
        {
            errors.Add(new CampaignError(path, Expectation.Show(value), Expectation.Of(type, range, length)));
        }
    }

    private static List<(string Name, JsonElement Value)> Members(JsonElement value, string path, List<CampaignError> errors)
    {
        var members = new List<(string Name, JsonElement Value)>();
        foreach (var member in value.EnumerateObject())
        {
            string name;
            try
            {
                name = member.Name;
            }
            catch (InvalidOperationException)
            {
                errors.Add(new CampaignError(path, "a member name with half a surrogate pair", "names that are text"));
                continue;
            }

            if (members.Exists(earlier => earlier.Name == name))
            {
                errors.Add(new CampaignError(Below(path, name), "the member a second time", "each member once"));
            }
            else
            {
                members.Add((name, member.Value));
            }
        }

        return members;
    }

    private static string Below(string path, string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? $"{path}.{name}"
            : $"{path}['{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}']";
}
