using System.Text.Json;

namespace AgentScaler.Json;

/// <summary>The words for enums' values in records, tables and addresses: <c>ExactMatch</c> is <c>exact-match</c>, as <see cref="ArtifactJson"/> writes it.</summary>
public static class EnumWord
{
    /// <summary>A value's word.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
