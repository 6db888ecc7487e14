using System.Text.Json;
using AgentScaler.Tools.Reading;
using AgentScaler.Tools.Schemas;

namespace AgentScaler.Tools.OpenApi;

/// <summary>
/// OpenAPI 3.0 and 3.1 in JSON: every operation under <c>paths</c> is a tool. A walker that looks at what tools need and at nothing else.
/// </summary>
internal sealed class OpenApiReader : ICatalogueReader
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    public string Dialect => Reading.Dialect.OpenApi3;

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
            var at = place.Down(path.Name);
            if (path.Name.StartsWith("x-", StringComparison.Ordinal) || references.Follow(path.Value, at) is not { } item)
            {
                continue;
            }

            foreach (var method in Methods)
            {
                if (!item.Value.TryGetProperty(method, out var value))
                {
                    continue;
                }

                // The place is where the path stands: two paths that share an item are two places.
                if (references.Follow(value, at.Down(method)) is { } operation)
                {
                    yield return new Operation(
                        path.Name, method.ToUpperInvariant(), operation.Value, operation.Place, item.Value, item.Place, at.Down(method));
                }
            }
        }
    }
}
