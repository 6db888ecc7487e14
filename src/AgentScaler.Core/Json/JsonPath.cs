namespace AgentScaler.Json;

/// <summary>Places in a JSON document as messages show them: <c>$.a.b[0]['odd name']</c>.</summary>
internal static class JsonPath
{
    /// <summary>The path of a property.</summary>
    public static string Join(string path, string property) =>
        property.Length > 0 && property.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? path + "." + property : $"{path}['{property}']";
}
