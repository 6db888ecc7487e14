using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace AgentScaler.Functions;

/// <summary><c>GET /api/openapi.json</c>: what the endpoints take and answer, as an OpenAPI 3.1 document.</summary>
public sealed class OpenApiFunction
{
    private const string Resource = "openapi.json";

    /// <summary>Answers 200 with the document.</summary>
    [Function("openapi")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "openapi.json")] HttpRequest request)
    {
        _ = request;
        return Results.Stream(
            typeof(OpenApiFunction).Assembly.GetManifestResourceStream(Resource)
                ?? throw new InvalidOperationException($"the resource {Resource} is missing from the assembly"),
            "application/json");
    }
}
