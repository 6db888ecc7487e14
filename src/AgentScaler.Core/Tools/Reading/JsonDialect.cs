using System.Text.Json;

namespace AgentScaler.Tools.Reading;

/// <summary>Tells the dialect of one JSON value: a whole document, or a row of JSONL.</summary>
internal static class JsonDialect
{
    public const string Unknown = "unknown";

    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => OfObject(value),
        JsonValueKind.Array => value.EnumerateArray().Select(Of).FirstOrDefault(dialect => dialect != Unknown) ?? Unknown,
        _ => Unknown,
    };

    private static string OfObject(JsonElement value)
    {
        if (value.TryGetProperty("openapi", out var openapi))
        {
            return openapi.ToString().StartsWith('3') ? Dialect.OpenApi3 : "openapi";
        }

        if (value.TryGetProperty("swagger", out _))
        {
            return "openapi-2";
        }

        if (OfTool(value) is { } tool)
        {
            return tool;
        }

        return ToolArray.FindIn(value, JsonPlace.Root).Select(found => OfTools(found.Array)).FirstOrDefault(dialect => dialect is not null)
            ?? Unknown;
    }

    private static string? OfTools(JsonElement tools)
    {
        // Arrays of tools in other people's wrappers hold our own lines' members too; only a type or a schema's key tells whose they are.
        var dialect = tools.EnumerateArray().Select(OfTool).FirstOrDefault(found => found is not null);
        return dialect == Dialect.AgentScalerTools ? "tool-maps" : dialect;
    }

    private static string? OfTool(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        bool Has(string name) => value.TryGetProperty(name, out _);
        return value.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("function")
                ? Dialect.OpenAiTools
            : Has("inputSchema") || (Has("input_schema") && Has("annotations")) ? "mcp"
            : Has("input_schema") ? "anthropic-tools"
            : Has("api_list") ? "toolbench"
            : Has("api_call") || Has("api_arguments") ? "gorilla-apizoo"
            : Has("function") && Has("question") ? OfQuestion(value)
            : Has("query") && Has("tools") ? "xlam"
            : Has("name") && (Has("parameters") || Has("description")) ? OfFunction(value)
            : null;
    }

    private static string OfQuestion(JsonElement row) =>
        row.Member("function", JsonValueKind.Array) is { } functions
        && functions.EnumerateArray().FirstOrDefault().Member("arguments", JsonValueKind.Object) is not null
            ? "acebench"
            : "bfcl";

    private static string OfFunction(JsonElement function)
    {
        if (!function.TryGetProperty("parameters", out var parameters) || parameters.ValueKind == JsonValueKind.Null)
        {
            return function.TryGetProperty("arguments", out _) ? "acebench" : Dialect.AgentScalerTools;
        }

        if (parameters.ValueKind != JsonValueKind.Object)
        {
            return "tool-maps";
        }

        return parameters.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            ? type.ValueEquals("object") ? Dialect.AgentScalerTools : "bfcl"
            : parameters.TryGetProperty("properties", out _) || parameters.TryGetProperty("$ref", out _) || !parameters.EnumerateObject().Any()
                ? Dialect.AgentScalerTools
                : "tool-maps";
    }
}
