using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AgentScaler.Functions.Tests;

/// <summary>What an endpoint answered.</summary>
internal sealed record HttpAnswer(int Status, string? Location, string? ContentType, JsonElement Body)
{
    /// <summary>A request as the worker hands it to a function.</summary>
    public static HttpRequest Request(string method, string path, string? body = null)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        var query = path.IndexOf('?', StringComparison.Ordinal);
        context.Request.Method = method;
        context.Request.Scheme = "https";
        context.Request.Host = new HostString("app.example");
        context.Request.Path = query < 0 ? path : path[..query];
        context.Request.QueryString = new QueryString(query < 0 ? string.Empty : path[query..]);
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body ?? string.Empty));
        context.Response.Body = new MemoryStream();
        return context.Request;
    }

    /// <summary>Writes a result to the request's response and reads that.</summary>
    public static async Task<HttpAnswer> OfAsync(HttpRequest request, IResult result)
    {
        var response = request.HttpContext.Response;
        await result.ExecuteAsync(request.HttpContext);
        response.Body.Position = 0;
        using var document = await JsonDocument.ParseAsync(response.Body);
        return new HttpAnswer(response.StatusCode, response.Headers.Location, response.ContentType, document.RootElement.Clone());
    }
}
