using System.Text.Json;
using AgentScaler.Tools.Reading;
using AgentScaler.Tools.Schemas;

namespace AgentScaler.Tools.OpenApi;

/// <summary>
/// OpenAPI 2.0, 3.0 and 3.1: every operation under <c>paths</c> is a tool. A walker that looks at what tools need and at nothing else.
/// </summary>
internal sealed class OpenApiReader : ICatalogueReader
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    public bool Reads(string dialect) => dialect is Dialect.OpenApi2 or Dialect.OpenApi3;

    public IEnumerable<ToolDraft> Read(SourceDocument document, ProblemList problems)
    {
        foreach (var (root, place) in document.Values(problems))
        {
            if (root.Member("paths", JsonValueKind.Object) is not { } paths)
            {
                var found = root.Member("webhooks", JsonValueKind.Object) is null ? "no paths" : "webhooks only, no paths";
                problems.Add("paths.missing", place, found, "an object 'paths' with operations; the document has no tools");
                continue;
            }

            var operations = new OperationReader(document, root, place, problems);
            var any = false;
            foreach (var operation in Operations(paths, place.Down("paths"), operations.References, problems))
            {
                any = true;
                yield return operations.Read(operation);
            }

            if (!any)
            {
                problems.Add("paths.empty", place.Down("paths"), "no operations", "at least one operation; the document has no tools");
            }
        }
    }

    private static IEnumerable<Operation> Operations(JsonElement paths, JsonPlace place, References references, ProblemList problems)
    {
        foreach (var path in paths.EnumerateObject())
        {
            if (path.Name.StartsWith("x-", StringComparison.Ordinal))
            {
                continue;
            }

            // A path item may be a reference and have operations of its own beside it: those count.
            var at = place.Down(path.Name);
            var own = path.Value;
            var item = references.Follow(own, at) ?? (own.ValueKind == JsonValueKind.Object ? ((JsonElement, JsonPlace)?)(own, at) : null);
            if (item is not ({ } sharedValue, { } sharedPlace))
            {
                continue;
            }

            foreach (var method in Methods)
            {
                var isOwn = own.TryGetProperty(method, out var value);
                if (!isOwn && !sharedValue.TryGetProperty(method, out value))
                {
                    continue;
                }

                // The place is where the path stands: two paths that share an item are two places.
                if (references.Follow(value, isOwn ? at.Down(method) : sharedPlace.Down(method)) is { } operation)
                {
                    yield return new Operation(
                        path.Name, method.ToUpperInvariant(), operation.Value, operation.Place, sharedValue, sharedPlace, at.Down(method));
                }
            }
        }
    }
}
