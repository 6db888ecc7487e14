using System.Globalization;
using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Episodes.Scripted;

/// <summary>Plausible other values for a tool's parameter: of the same type, taken from the state where a row or field is meant.</summary>
internal sealed class OtherValues(EnvironmentPackage package, EnvironmentSession session)
{
    /// <summary>Candidates in random order, none equal to <paramref name="right"/>; whether the tool's schema takes one is for the engine to say.</summary>
    public IReadOnlyList<JsonElement> For(PackageTool tool, string parameter, JsonElement right, SeededRandom random)
    {
        var schema = Schema(tool, parameter);

        // Values of the state are the likelier confusion: they come before made-up ones.
        return [.. (Listed(schema) is { } listed ? random.Shuffle(listed) : random.Shuffle(FromState(tool, parameter, right)).Concat(Nudged(right, schema)))
            .Where(value => !CanonicalJson.AreEqual(value, right))
            .DistinctBy(value => CanonicalJson.Write(value))];
    }

    /// <summary>The schema of a parameter, or null.</summary>
    public static JsonElement? Schema(PackageTool tool, string parameter) =>
        tool.Spec.Parameters.TryGetProperty("properties", out var properties) && properties.TryGetProperty(parameter, out var schema) ? schema : null;

    private static List<JsonElement>? Listed(JsonElement? schema) =>
        schema is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray()]
            : null;

    private IEnumerable<JsonElement> FromState(PackageTool tool, string parameter, JsonElement right)
    {
        var binding = tool.Binding;
        if (package.Schema.Find(binding.Collection) is not { } collection)
        {
            return [];
        }

        var field = parameter == binding.KeyParameter ? collection.Key
            : parameter == binding.QueryParameter ? collection.Label
            : binding.Fields.GetValueOrDefault(parameter);
        if (field is null)
        {
            return [];
        }

        if (collection.Fields.FirstOrDefault(candidate => candidate.Name == field)?.References is { } referenced
            && package.Schema.Find(referenced) is { } target)
        {
            (collection, field) = (target, target.Key);
        }

        return session.Rows(collection.Name)
            .Select(row => row.Value.TryGetProperty(field, out var value) ? value : default)
            .Where(value => value.ValueKind == right.ValueKind);
    }

    private static IEnumerable<JsonElement> Nudged(JsonElement right, JsonElement? schema)
    {
        switch (right.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                yield return JsonSerializer.SerializeToElement(right.ValueKind == JsonValueKind.False);
                break;
            case JsonValueKind.Number when right.TryGetInt64(out var whole):
                yield return JsonSerializer.SerializeToElement(IsBounded(schema, "maximum", whole) ? whole - 1 : whole + 1);
                break;
            case JsonValueKind.Number:
                yield return JsonSerializer.SerializeToElement(right.GetDouble() * 2);
                break;
            case JsonValueKind.String:
                yield return JsonSerializer.SerializeToElement(OtherText(right.GetString()!));
                break;
        }
    }

    private static bool IsBounded(JsonElement? schema, string keyword, long value) =>
        schema is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(keyword, out var bound)
        && bound.ValueKind == JsonValueKind.Number && bound.GetDouble() <= value;

    /// <summary>Dates move by a week, text gets a word more.</summary>
    private static string OtherText(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.AddDays(7).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.AddDays(7).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : text + " new";
}
