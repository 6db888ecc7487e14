using Microsoft.AspNetCore.Http;

namespace AgentScaler.ModelServers.Wire;

/// <summary>What a path asks for.</summary>
/// <param name="Operation"><c>chat/completions</c>, <c>embeddings</c> or <c>models</c>.</param>
/// <param name="Deployment">The deployment that Azure's path names; else null.</param>
internal readonly record struct Route(string Operation, string? Deployment)
{
    public const string Chat = "chat/completions";
    public const string Embeddings = "embeddings";
    public const string Models = "models";

    private const string Deployments = "/openai/deployments/";

    /// <exception cref="ApiException">There is no such path, or not for the method.</exception>
    public static Route Of(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        var route = path.StartsWith(Deployments, StringComparison.Ordinal) ? OfDeployment(path[Deployments.Length..], request.Query)
            : path.StartsWith("/v1/", StringComparison.Ordinal) ? new Route(path[4..], null)
            : path.StartsWith("/openai/v1/", StringComparison.Ordinal) ? new Route(path[11..], null)
            : default;
        var method = route.Operation switch
        {
            Chat or Embeddings => "POST",
            Models => "GET",
            _ => throw new ApiException(404, $"Unknown request URL: {request.Method} {path}.", "unknown_url"),
        };
        return method == request.Method ? route : throw new ApiException(405, $"Not allowed to {request.Method} on {path}.", "method_not_supported");
    }

    private static Route OfDeployment(string rest, IQueryCollection query)
    {
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 1 ? default
            : !query.ContainsKey("api-version") ? throw new ApiException(404, "Resource not found: the query has no api-version.", "404")
            : new Route(rest[(slash + 1)..], rest[..slash]);
    }
}
