using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Tasks.Abstention;

/// <summary>Other values that could stand in an argument's place: what somebody says by mistake, or an agent makes up.</summary>
internal static class OtherWords
{
    /// <summary>A value of the same type that the tool takes and that shares no piece with the right one; null if none was found.</summary>
    public static JsonElement? For(EnvironmentPackage package, PackageTool tool, SampledArgument argument, EnvironmentSession session, SeededRandom random)
    {
        var schema = tool.SchemaOf(argument.Parameter);
        var collection = package.Schema.Find(tool.Binding.Collection);
        var held = collection is not null && tool.Binding.Fields.GetValueOrDefault(argument.Parameter) is { } field
            ? session.Rows(collection.Name).Where(row => row.Value.TryGetProperty(field, out _)).Select(row => row.Value.GetProperty(field).Clone()) : [];
        var listed = schema is { } known ? FieldSchemas.EnumOf(known).Select(text => JsonSerializer.SerializeToElement(text)) : [];
        var moved = argument.Value.ValueKind == JsonValueKind.Number && argument.Value.TryGetInt64(out var whole) ? [JsonSerializer.SerializeToElement(whole + random.Between(1, 9))] : Array.Empty<JsonElement>();
        return random.Shuffle(listed).Concat(random.Shuffle(held)).Concat(moved)
            .Where(value => value.ValueKind == argument.Value.ValueKind && Differs(value, argument.Value) && (schema is not { } limits || FieldSchemas.Allows(limits, value)))
            .Select(value => (JsonElement?)value).FirstOrDefault();
    }

    /// <summary>The label of another row of a collection, sharing no piece with the right one; null if there is none.</summary>
    public static JsonElement? Label(CollectionSpec collection, string right, EnvironmentSession session, SeededRandom random) =>
        random.Shuffle(session.Rows(collection.Name).Select(row => CallSampler.LabelOf(collection, row.Value)).OfType<string>())
            .Select(label => JsonSerializer.SerializeToElement(label)).Where(label => Differs(label, JsonSerializer.SerializeToElement(right))).Select(label => (JsonElement?)label).FirstOrDefault();

    private static bool Differs(JsonElement value, JsonElement right)
    {
        var (text, other) = (Wording.SpokenWords.Say(value), Wording.SpokenWords.Say(right));
        return text.Trim().Length > 0 && !CanonicalJson.AreEqual(value, right)
            && !text.Contains(other, StringComparison.OrdinalIgnoreCase) && !other.Contains(text, StringComparison.OrdinalIgnoreCase);
    }
}
