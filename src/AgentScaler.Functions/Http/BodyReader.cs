using Microsoft.AspNetCore.Http;

namespace AgentScaler.Functions;

/// <summary>Reads request bodies up to a limit.</summary>
internal static class BodyReader
{
    /// <summary>Reads the body, or gives null as soon as it is longer than the limit.</summary>
    /// <param name="limit">In bytes.</param>
    public static async Task<MemoryStream?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        var body = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (body.Length + read > limit)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        body.Position = 0;
        return body;
    }
}
