using System.Collections.Frozen;
using System.Text.Json;
using AgentScaler.Tools.Schemas;
using AgentScaler.Tools.Reading;

namespace AgentScaler.Tools.OpenApi;

/// <summary>Parameters that belong to the transport, not to the tool: credentials, content negotiation, tracing. They are left out.</summary>
internal sealed class PlumbingParameters
{
    private static readonly FrozenSet<string> Headers = new[]
    {
        "authorization", "proxy-authorization", "accept", "accept-charset", "accept-encoding", "accept-language", "content-type", "content-length",
        "content-encoding", "user-agent", "host", "origin", "referer", "cookie", "connection", "cache-control", "traceparent", "tracestate", "baggage",
        "b3", "request-id", "correlation-id", "x-request-id", "x-correlation-id", "x-trace-id", "x-client-trace-id", "x-csrf-token", "x-xsrf-token",
        "api-key", "apikey", "x-api-key", "x-apikey", "x-auth-token", "x-auth-key", "auth-token", "access-token", "x-access-token", "x-session-token",
        "x-rapidapi-key", "x-rapidapi-host", "ocp-apim-subscription-key", "idempotency-key", "x-idempotency-key",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] HeaderPrefixes = ["x-b3-", "x-amz-", "x-forwarded-", "x-ms-client-request-", "x-goog-"];

    private readonly HashSet<(string In, string Name)> keys = [];

    /// <summary>Takes note of the API keys that the document declares as security schemes.</summary>
    public PlumbingParameters(JsonElement root, JsonPlace place, References references)
    {
        var components = root.Member("components", JsonValueKind.Object) ?? default;
        Note(components.Member("securitySchemes", JsonValueKind.Object), place.Down("components").Down("securitySchemes"), references);
        Note(root.Member("securityDefinitions", JsonValueKind.Object), place.Down("securityDefinitions"), references);
    }

    /// <summary>Whether a parameter is plumbing. Cookies always are.</summary>
    public bool Contains(string where, string name) =>
        where == "cookie"
        || keys.Contains((where, name.ToLowerInvariant()))
        || (where == "header"
            && (Headers.Contains(name) || HeaderPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))));

    private void Note(JsonElement? schemes, JsonPlace place, References references)
    {
        if (schemes is not { } declared)
        {
            return;
        }

        foreach (var scheme in declared.EnumerateObject())
        {
            if (references.Follow(scheme.Value, place.Down(scheme.Name)) is { } found
                && found.Value.Text("type") == "apiKey" && found.Value.Text("in") is { } where && found.Value.Text("name") is { } name)
            {
                keys.Add((where, name.ToLowerInvariant()));
            }
        }
    }
}
