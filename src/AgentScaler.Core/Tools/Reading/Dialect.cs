using System.Collections.Frozen;

namespace AgentScaler.Tools.Reading;

/// <summary>The dialects that are read, by the names that reports give them.</summary>
internal static class Dialect
{
    public const string OpenApi2 = "openapi-2";

    public const string OpenApi3 = "openapi-3";

    public const string OpenAiTools = "openai-tools";

    public const string AgentScalerTools = "agentscaler-tools";

    public const string Mcp = "mcp";

    public const string AnthropicTools = "anthropic-tools";

    public const string Bfcl = "bfcl";

    public const string ToolBench = "toolbench";

    public const string Xlam = "xlam";

    public const string AceBench = "acebench";

    public const string SealTools = "seal-tools";

    public const string ApiBank = "api-bank";

    public const string GorillaApiZoo = "gorilla-apizoo";

    /// <summary>Functions described in no dialect of a name.</summary>
    public const string FunctionList = "function-list";

    /// <summary>The dialects of function calling: lists of functions, in whatever wrapper.</summary>
    public static readonly FrozenSet<string> FunctionLists = new[]
    {
        OpenAiTools, Mcp, AnthropicTools, Bfcl, ToolBench, Xlam, AceBench, SealTools, ApiBank, GorillaApiZoo, FunctionList,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Something else.</summary>
    public const string Unknown = "unknown";

    /// <summary>What a report line says was expected where something else stands.</summary>
    public const string Expected = "an OpenAPI document (2.0, 3.0, 3.1; JSON or YAML) or a list of tools in one of the dialects that the README names";
}
