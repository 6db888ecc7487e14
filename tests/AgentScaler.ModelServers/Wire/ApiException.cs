namespace AgentScaler.ModelServers.Wire;

/// <summary>A request that is answered with an error.</summary>
internal sealed class ApiException(int status, string message, string? code = null, string? param = null, string type = "invalid_request_error") : Exception(message)
{
    public int Status { get; } = status;

    public string Type { get; } = type;

    public string? Code { get; } = code;

    public string? Param { get; } = param;

    public static ApiException BadRequest(string message, string? param = null) => new(400, message, null, param);
}
