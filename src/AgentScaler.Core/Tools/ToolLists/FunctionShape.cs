using System.Text.Json;
using AgentScaler.Tools.Reading;

namespace AgentScaler.Tools.ToolLists;

/// <summary>
/// What members a description of a function may go by in the dialects of function calling, and which dialect it is. The first name that is
/// there counts.
/// </summary>
internal static class FunctionShape
{
    private static readonly string[] Names = ["name", "api_name", "function_name", "tool_name", "类名", "API名称", "名称", "id"];

    private static readonly string[] DescriptionNames =
        ["description", "api_description", "functionality", "desc", "function_description", "tool_description", "summary", "描述", "功能描述", "功能"];

    private static readonly string[] ParameterNames =
        ["inputSchema", "input_schema", "parameters", "api_arguments", "arguments", "args", "input_parameters", "params", "参数"];

    private static readonly string[] ResultNames =
        ["outputSchema", "output_schema", "returns", "return", "response", "responses", "results", "result", "output_parameters", "output", "返回值"];

    private static readonly string[] ListNames =
        ["tools", "functions", "function", "api_list", "apis", "tool_list", "function_list", "available_tools", "nodes", "api"];

    /// <summary>Whether a member holds tools in many dialects.</summary>
    public static bool IsList(string name) => ListNames.Contains(name, StringComparer.Ordinal);

    /// <summary>The function that a tool is: itself, or what it wraps as OpenAI's chat form does.</summary>
    public static JsonElement FunctionOf(JsonElement tool) =>
        tool.Text("type") == "function" && tool.Member("function", JsonValueKind.Object) is { } function ? function : tool;

    public static string? NameOf(JsonElement function) => Texts(function, Names).FirstOrDefault();

    public static IEnumerable<string> Descriptions(JsonElement function) => Texts(function, DescriptionNames)
        .Concat(Texts(function.Member("metadata", JsonValueKind.Object) ?? function.Member("meta_data", JsonValueKind.Object) ?? default, DescriptionNames));

    /// <summary>The declaration of the parameters with its name, or null if there is none.</summary>
    public static (string Name, JsonElement Value)? Parameters(JsonElement function) => Find(function, ParameterNames);

    /// <summary>The declaration of the result with its name, or null if there is none.</summary>
    public static (string Name, JsonElement Value)? Result(JsonElement function) => Find(function, ResultNames);

    /// <summary>Whether parameters come as two lists, those that are needed and those that are not.</summary>
    public static bool HasTwoLists(JsonElement function) =>
        function.Member("required_parameters", JsonValueKind.Array) is not null || function.Member("optional_parameters", JsonValueKind.Array) is not null;

    /// <summary>Whether a value describes a function.</summary>
    /// <param name="isListed">Whether it stands where tools are expected: then a description or parameters will do.</param>
    public static bool IsFunction(JsonElement value, bool isListed)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (value.Text("type") == "function")
        {
            return true;
        }

        // Elsewhere a name with arguments may be a call, and one with a description anything.
        var declares = HasTwoLists(value) || Parameters(value) is not null;
        var describes = Find(value, DescriptionNames) is not null;
        return NameOf(value) is not null && !HoldsTools(value) && (isListed ? declares || describes : declares && describes);
    }

    /// <summary>The dialect of a value that describes a function.</summary>
    public static string DialectOf(JsonElement tool)
    {
        bool Has(string name) => tool.TryGetProperty(name, out _);
        return tool.Text("type") == "function" ? Dialect.OpenAiTools
            : Has("inputSchema") || (Has("input_schema") && Has("annotations")) ? Dialect.Mcp
            : Has("input_schema") ? Dialect.AnthropicTools
            : HasTwoLists(tool) ? Dialect.ToolBench
            : Has("api_arguments") || Has("api_call") ? Dialect.GorillaApiZoo
            : Has("api_name") && (Has("responses") || Has("field")) ? Dialect.SealTools
            : Has("input_parameters") || Has("类名") ? Dialect.ApiBank
            : Has("arguments") || Has("results") ? Dialect.AceBench
            : Has("response") ? Dialect.Bfcl
            : OfParameters(tool);
    }

    private static string OfParameters(JsonElement function)
    {
        if (!function.TryGetProperty("parameters", out var parameters) || parameters.ValueKind == JsonValueKind.Null)
        {
            return Dialect.AgentScalerTools;
        }

        if (parameters.ValueKind != JsonValueKind.Object)
        {
            return Dialect.FunctionList;
        }

        return parameters.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            ? type.ValueEquals("object") ? Dialect.AgentScalerTools : Dialect.Bfcl
            : parameters.TryGetProperty("properties", out _) || parameters.TryGetProperty("$ref", out _) || !parameters.EnumerateObject().Any()
                ? Dialect.AgentScalerTools
                : Dialect.FunctionList;
    }

    private static bool HoldsTools(JsonElement value) => value.EnumerateObject().Any(member =>
        IsList(member.Name) && member.Value.ValueKind == JsonValueKind.Array && member.Value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object));

    private static IEnumerable<string> Texts(JsonElement value, string[] names) =>
        names.Select(name => value.Text(name)?.Trim()).OfType<string>().Where(text => text.Length > 0);

    private static (string Name, JsonElement Value)? Find(JsonElement value, string[] names)
    {
        foreach (var name in names)
        {
            if (value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null)
            {
                return (name, member);
            }
        }

        return null;
    }
}
