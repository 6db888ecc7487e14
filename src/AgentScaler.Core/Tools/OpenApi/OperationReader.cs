using System.Text.Json;
using AgentScaler.Tools.Reading;
using AgentScaler.Tools.Schemas;
using AgentScaler.Tools.Screening;

namespace AgentScaler.Tools.OpenApi;

/// <summary>Turns the operations of one OpenAPI document into tools.</summary>
internal sealed class OperationReader
{
    private readonly PlumbingParameters plumbing;
    private readonly ProblemList problems;
    private readonly ToolSource source;
    private readonly SharedElements shared = new();

    public OperationReader(SourceDocument document, JsonElement root, JsonPlace place, ProblemList problems)
    {
        this.problems = problems;
        References = new References(root, place, problems, document.Files);
        plumbing = new PlumbingParameters(root, place, References);
        var info = root.Member("info", JsonValueKind.Object);
        var title = PlainText.Of(info?.Text("title"));
        source = new ToolSource(
            title.Length > 0 ? ProblemList.Excerpt(title) : document.DefaultProvider, document.Sha256, "", document.Dialect, info?.Licence());
    }

    public References References { get; }

    public ToolDraft Read(Operation operation)
    {
        var value = operation.Value;
        var budget = new SchemaBudget(SchemaBudget.PerTool);
        var arguments = new OperationArguments(References, plumbing, new SchemaReader(References, problems, budget, SchemaUse.Argument), problems)
            .Read(operation);
        var returns = new OperationResult(References, new SchemaReader(References, problems, budget, SchemaUse.Result)).Read(operation);
        var id = value.Text("operationId")?.Trim() is { Length: > 0 } given ? given : null;
        var route = ToolName.OfRoute(operation.Method, operation.Path);
        return new ToolDraft
        {
            OriginalName = id ?? operation.Method + " " + operation.Path,
            NameSources = id is null ? [route] : [id, route],
            Descriptions = [Describe(value), .. ToolName.Phrases(id, route)],
            Parameters = ParameterObject.Of(arguments),
            ParameterCount = arguments.Count,
            Returns = returns is null ? null : shared.Of(returns),
            Method = operation.Method,
            Path = operation.Path,
            Tags = value.Texts("tags"),
            Source = source with { Place = operation.Place.ToString() },
        };
    }

    /// <summary>Summary and description joined, unless one says the other.</summary>
    private static string Describe(JsonElement operation)
    {
        var summary = PlainText.Of(operation.Text("summary"));
        var description = PlainText.Of(operation.Text("description"));
        var bare = summary.TrimEnd('.', ' ');
        return summary.Length == 0 || description.StartsWith(bare, StringComparison.OrdinalIgnoreCase) ? description
            : description.Length == 0 || summary.StartsWith(description.TrimEnd('.', ' '), StringComparison.OrdinalIgnoreCase) ? summary
            : PlainText.Cap(bare + ". " + description);
    }
}
