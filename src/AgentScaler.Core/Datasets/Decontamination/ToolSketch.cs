using System.Text.Json;
using AgentScaler.Episodes;

namespace AgentScaler.Datasets.Decontamination;

/// <summary>A tool as far as tools are compared: name, names of its parameters, words of its description; case, spaces and signs don't count.</summary>
/// <param name="Label">The name as it stands.</param>
/// <param name="Parameters">Sorted.</param>
internal sealed record ToolSketch(string Label, string Name, IReadOnlyList<string> Parameters, IReadOnlyList<string> Description)
{
    /// <summary>From how many parameters a set of them is rather no chance.</summary>
    public const int TellingParameters = 4;

    /// <summary>From how many words a tool's words are compared.</summary>
    private const int TellingWords = 8;

    /// <summary>Of the name and the set of parameters.</summary>
    public ulong Signature => WordHash.Join(WordHash.Of(Name), ParametersHash);

    /// <summary>Of the set of parameters.</summary>
    public ulong ParametersHash => WordHash.Sequence(WordHash.Of(Parameters));

    /// <summary>Of the description.</summary>
    public ulong DescriptionHash => WordHash.Sequence(WordHash.Of(Description));

    /// <summary>Words of name and description and the parameters, as a set; null where they are too few to compare.</summary>
    public ulong[]? Words()
    {
        var set = WordHash.Set([
            .. TextWords.Of(Label).Select(word => WordHash.Of("name " + word)), .. Parameters.Select(name => WordHash.Of("parameter " + name)), .. Description.Select(WordHash.Of)]);
        return set.Length >= TellingWords ? set : null;
    }

    /// <summary>The tool that an object describes: a name, and parameters as JSON Schema (or a map of properties) under one of the usual keys.</summary>
    /// <param name="key">The key it stands under, for tools that have their name there.</param>
    public static ToolSketch? Read(JsonElement value, string? key)
    {
        var name = Text(value, "name") ?? (Text(value, "description") is null ? null : key);
        if (name is null || Properties(value) is not { } properties)
        {
            return null;
        }

        return new ToolSketch(
            name,
            Plain(name),
            [.. properties.EnumerateObject().Select(property => Plain(property.Name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            TextWords.Of(Text(value, "description") ?? ""));
    }

    private static JsonElement? Properties(JsonElement value)
    {
        foreach (var name in new[] { "parameters", "input_schema", "inputSchema", "arguments" })
        {
            if (value.TryGetProperty(name, out var schema) && schema.ValueKind == JsonValueKind.Object)
            {
                if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
                {
                    return properties;
                }

                if (schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() is "object" or "dict")
                {
                    return JsonElement.Parse("{}"u8);
                }
            }
        }

        return null;
    }

    private static string Plain(string name) => string.Concat(TextWords.Of(name));

    private static string? Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
