using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace AgentScaler.Functions;

/// <summary><c>GET /api/health</c>: whether the app is up, for anybody who asks.</summary>
public sealed class HealthFunction
{
    /// <summary>Answers 200; it touches nothing outside the process.</summary>
    [Function("health")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request) =>
        Results.Json(new { status = "healthy" });
}
