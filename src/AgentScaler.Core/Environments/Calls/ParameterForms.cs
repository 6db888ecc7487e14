using System.Globalization;
using System.Text.Json;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Calls;

/// <summary>What parameters take: keys in their type, and whether a caller has anything to say for them.</summary>
internal static class ParameterForms
{
    /// <summary>Whether a caller has something to say for a parameter: not for the transport's, nor for what the service alone gives.</summary>
    public static bool IsSpoken(PackageTool tool, string parameter) =>
        tool.SchemaOf(parameter) is not { } schema || (!Plumbing.Is(parameter, schema) && !Plumbing.IsOutput(parameter, schema));

    /// <summary>A key or reference in the type that a parameter takes.</summary>
    public static JsonElement Key(PackageTool tool, string parameter, JsonElement key) => (ResultReader.TypeOf(tool.SchemaOf(parameter)!.Value), key.ValueKind) switch
    {
        ("string", JsonValueKind.Number) => JsonSerializer.SerializeToElement(key.GetRawText()),
        ("integer" or "number", JsonValueKind.String) when long.TryParse(key.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => JsonSerializer.SerializeToElement(number),
        _ => key.Clone(),
    };
}
