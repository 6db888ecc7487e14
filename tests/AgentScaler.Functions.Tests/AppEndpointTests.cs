using System.Reflection;
using System.Text.Json;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Determinism;
using AgentScaler.Models;
using AgentScaler.Models.Clients;
using AgentScaler.Storage;
using AgentScaler.Tools.Sources;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Moq;

namespace AgentScaler.Functions.Tests;

/// <summary>The endpoints beside campaigns: documents, readiness, the OpenAPI document.</summary>
public sealed class AppEndpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FolderArtifactStore artifacts;

    public AppEndpointTests() => artifacts = new FolderArtifactStore(folder.File("artifacts"));

    public void Dispose()
    {
        artifacts.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task StoreDocument_Twice_IsOneDocumentUnderItsHash()
    {
        var first = await StoreAsync("{\"openapi\":\"3.0.0\"}");
        var second = await StoreAsync("{\"openapi\":\"3.0.0\"}");

        var sha256 = Sha256Text.Of("{\"openapi\":\"3.0.0\"}");
        Assert.Equal((201, 200), (first.Status, second.Status));
        Assert.Equal(sha256, first.Body.GetProperty("sha256").GetString());
        Assert.Equal("{\"openapi\":\"3.0.0\"}", await artifacts.ReadTextAsync(DocumentUpload.ArtifactOf(sha256), CancellationToken.None));
    }

    [Fact]
    public async Task StoreDocument_Empty_Answers400() => Assert.Equal(400, (await StoreAsync(string.Empty)).Status);

    [Fact]
    public async Task StoreDocument_AnnouncedOverTheLimit_Answers413WithoutReadingIt()
    {
        var request = HttpAnswer.Request("POST", "/api/documents", "short");
        request.ContentLength = StoreDocumentFunction.LargestDocument + 1;

        var answer = await HttpAnswer.OfAsync(request, await new StoreDocumentFunction(artifacts).RunAsync(request, CancellationToken.None));

        Assert.Equal(413, answer.Status);
        Assert.Equal(0, request.Body.Position);
    }

    [Fact]
    public async Task Ready_EverythingAnswers_Is200()
    {
        var answer = await ReadyAsync(artifacts, Nobody());

        Assert.Equal((200, "ready"), (answer.Status, answer.Body.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Ready_StoreFails_Is503AndSaysWhich()
    {
        var store = new Mock<IArtifactStore>();
        store.Setup(it => it.ExistsAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).ThrowsAsync(new StoreException("no access"));

        var answer = await ReadyAsync(store.Object, Nobody());

        Assert.Equal(503, answer.Status);
        Assert.Equal(("no access", "ok"), (answer.Body.GetProperty("checks").GetProperty("artifacts").GetString(), answer.Body.GetProperty("checks").GetProperty("durable").GetString()));
    }

    [Fact]
    public async Task Ready_EndpointOfModelsThatDoesNotAnswer_Is503AndSaysWhich()
    {
        using var host = new ModelHost(TimeProvider.System, _ => null);
        var models = new ModelReach(new(StringComparer.Ordinal) { ["agent"] = new ModelEndpoint { Address = new Uri("http://127.0.0.1:9/v1") } }, host);

        var answer = await ReadyAsync(artifacts, Nobody(), models);

        Assert.Equal(503, answer.Status);
        Assert.Contains("agent at http://127.0.0.1:9/v1", answer.Body.GetProperty("checks").GetProperty("models agent").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenApi_HasEveryRouteOfTheApp()
    {
        var request = HttpAnswer.Request("GET", "/api/openapi.json");

        var answer = await HttpAnswer.OfAsync(request, new OpenApiFunction().Run(request));

        var documented = answer.Body.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Where(member => member.Name is "get" or "post" or "put" or "delete").Select(member => $"{member.Name} {path.Name}"))
            .Order(StringComparer.Ordinal);
        Assert.Equal(Routes().Order(StringComparer.Ordinal), documented);
        Assert.All(References(answer.Body), reference => Assert.True(Resolves(answer.Body, reference), reference));
    }

    /// <summary>A client of an app that runs nothing.</summary>
    private static DurableTaskClient Nobody() => new Mock<DurableTaskClient>(MockBehavior.Loose, "test").Object;

    private static IEnumerable<string> Routes()
    {
        foreach (var method in typeof(OpenApiFunction).Assembly.GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance)))
        {
            foreach (var trigger in method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>())
            {
                yield return $"{Assert.Single(trigger.Methods!)} /api/{trigger.Route!.Replace(":regex(^(pause|resume|cancel)$)", string.Empty, StringComparison.Ordinal)}";
            }
        }
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static bool Resolves(JsonElement root, string reference)
    {
        foreach (var part in reference.Split('/').Skip(1))
        {
            if (!root.TryGetProperty(part, out root))
            {
                return false;
            }
        }

        return reference.StartsWith("#/", StringComparison.Ordinal);
    }

    private static async Task<HttpAnswer> ReadyAsync(IArtifactStore store, DurableTaskClient client, ModelReach? models = null)
    {
        var request = HttpAnswer.Request("GET", "/api/ready");
        return await HttpAnswer.OfAsync(request, await new ReadinessFunction(store, models ?? new ModelReach(null, null)).RunAsync(request, client, CancellationToken.None));
    }

    private async Task<HttpAnswer> StoreAsync(string body)
    {
        HttpRequest request = HttpAnswer.Request("POST", "/api/documents", body);
        return await HttpAnswer.OfAsync(request, await new StoreDocumentFunction(artifacts).RunAsync(request, CancellationToken.None));
    }
}
