using System.Text.Json;
using AgentScaler.Episodes;
using AgentScaler.Json;

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

    /// <summary>
    /// The tool that an object describes: a name, and parameters as JSON Schema, as a map of names to declarations (xLAM), or as lists of named ones (ToolBench), under one of the usual
    /// keys. Keys are compared as text, since some have half a surrogate pair.
    /// </summary>
    /// <param name="key">The key it stands under, for tools that have their name there.</param>
    public static ToolSketch? Read(JsonElement value, string? key)
    {
        string? name = null, description = null;
        SortedSet<string>? parameters = null;
        foreach (var property in value.EnumerateObject())
        {
            switch (JsonText.NameOf(property))
            {
                case "name" or "api_name" when property.Value.ValueKind == JsonValueKind.String:
                    name ??= JsonText.Of(property.Value);
                    break;
                case "description" or "api_description" when property.Value.ValueKind == JsonValueKind.String:
                    description ??= JsonText.Of(property.Value);
                    break;
                case "parameters" or "input_schema" or "inputSchema" or "arguments" or "required_parameters" or "optional_parameters" when Declared(property) is { } names:
                    (parameters ??= new SortedSet<string>(StringComparer.Ordinal)).UnionWith(names.Select(Plain));
                    break;
            }
        }

        name ??= description is null ? null : key;
        return name is null || parameters is null ? null : new ToolSketch(name, Plain(name), [.. parameters], TextWords.Of(description ?? ""));
    }

    /// <summary>The names of declared parameters; null where a value declares none, as a call's arguments don't.</summary>
    private static IEnumerable<string>? Declared(JsonProperty member)
    {
        var value = member.Value;
        if (value.ValueKind == JsonValueKind.Array)
        {
            var names = value.EnumerateArray().Select(parameter => Member(parameter, "name")).OfType<JsonElement>().Where(name => name.ValueKind == JsonValueKind.String).Select(JsonText.Of).ToList();
            return names.Count == value.GetArrayLength() ? names : null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var type = Member(value, "type") is { ValueKind: JsonValueKind.String } text ? JsonText.Of(text) : null;
        return Member(value, "properties") is { ValueKind: JsonValueKind.Object } properties ? properties.EnumerateObject().Select(JsonText.NameOf)
            : type is "object" or "dict" ? []
            : value.EnumerateObject().All(parameter => IsDeclaration(parameter.Value)) && (value.EnumerateObject().Any() || JsonText.NameOf(member) != "arguments") ? value.EnumerateObject().Select(JsonText.NameOf)
            : null;
    }

    /// <summary>Whether a value says of which type a parameter is, and nothing that only a value would have.</summary>
    private static bool IsDeclaration(JsonElement value) => Member(value, "type") is { ValueKind: JsonValueKind.String or JsonValueKind.Array }
        && value.EnumerateObject().All(property => JsonText.NameOf(property) is "type" or "description" or "default" or "required" or "enum" or "items" or "properties" or "format" or "example");

    private static JsonElement? Member(JsonElement value, string name)
    {
        foreach (var property in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default)
        {
            if (JsonText.NameOf(property) == name)
            {
                return property.Value;
            }
        }

        return null;
    }

    private static string Plain(string name) => string.Concat(TextWords.Of(name));
}
