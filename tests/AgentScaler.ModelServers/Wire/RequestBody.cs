using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AgentScaler.ModelServers.Wire;

/// <summary>The body of a request, and what came with it.</summary>
internal sealed class RequestBody
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    public required byte[] Bytes { get; init; }

    public required JsonElement Root { get; init; }

    public required string Path { get; init; }

    public required string? Deployment { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <exception cref="ApiException">It is no JSON object.</exception>
    public static async ValueTask<RequestBody> ReadAsync(HttpContext context, Route route)
    {
        var bytes = await BytesOfAsync(context);
        return new RequestBody
        {
            Bytes = bytes,
            Root = Parse(bytes),
            Path = context.Request.Path.Value ?? "",
            Deployment = route.Deployment,
            Headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        };
    }

    private static async ValueTask<byte[]> BytesOfAsync(HttpContext context)
    {
        if (context.Request.ContentLength is { } length)
        {
            var bytes = new byte[length];
            await context.Request.Body.ReadExactlyAsync(bytes, context.RequestAborted);
            return bytes;
        }

        using var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy, context.RequestAborted);
        return copy.ToArray();
    }

    private static JsonElement Parse(byte[] bytes)
    {
        try
        {
            var root = JsonElement.Parse(bytes, Deep);
            return root.ValueKind is JsonValueKind.Object ? root : throw Fields.Wrong("body", "Object", root);
        }
        catch (JsonException e)
        {
            throw ApiException.BadRequest($"We could not parse the JSON body of your request: {e.Message}");
        }
    }
}
