namespace AgentScaler.Tools.Reading;

/// <summary>The dialects that are read. Others are known by name only (<see cref="DialectDetector"/>).</summary>
internal static class Dialect
{
    public const string OpenApi3 = "openapi-3";

    public const string OpenAiTools = "openai-tools";

    public const string AgentScalerTools = "agentscaler-tools";

    /// <summary>What a report line says was expected where another dialect stands.</summary>
    public const string Expected = "openapi-3 (JSON), openai-tools or agentscaler-tools; this dialect is not yet read";
}
