using System.Text.Json;
using AgentScaler.Json;
using AgentScaler.Tools.OpenApi;
using AgentScaler.Tools.Reading;
using AgentScaler.Tools.Schemas;
using AgentScaler.Tools.Screening;

namespace AgentScaler.Tools.ToolLists;

/// <summary>
/// Our own JSONL: one tool a line, <c>{"name","description","parameters","returns"?,"method"?,"path"?,"tags"?,"licence"?,"provider"?}</c>; also what
/// <c>tools import</c> writes (<see cref="ToolSpec"/> lines), and collections whose <c>id</c> reads <c>provider#GET /path</c>.
/// </summary>
internal sealed class ToolLinesReader : ICatalogueReader
{
    public bool Reads(string dialect) => dialect == Dialect.AgentScalerTools;

    public IEnumerable<ToolDraft> Read(SourceDocument document, ProblemList problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (value, place) in document.Values(problems))
        {
            foreach (var (line, at) in Lines(value, place))
            {
                if (line.ValueKind != JsonValueKind.Object)
                {
                    problems.Add("tool.kind", at, line.ValueKind.ToString(), "an object with name, description and parameters; it is left out");
                }
                else if (seen.Add(CanonicalJson.Write(line)))
                {
                    yield return Draft(document, line, at, problems);
                }
            }
        }
    }

    private static IEnumerable<(JsonElement Line, JsonPlace Place)> Lines(JsonElement value, JsonPlace place) =>
        value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select((line, index) => (line, place.Down(index)))
            : [(value, place)];

    private static ToolDraft Draft(SourceDocument document, JsonElement line, JsonPlace place, ProblemList problems)
    {
        var schemas = new FunctionSchemas(problems, RequirementMarks.Explicit);
        var method = line.Text("method")?.Trim().ToUpperInvariant();
        var id = line.Text("id")?.Split('#', 2);
        var route = method is null ? null : line.Text("path") ?? PathOf(id, method);
        var template = route is null ? null : PathTemplate.Parse(route);
        var members = schemas.Parameters(line, place);
        var name = line.Text("name")?.Trim() ?? "";
        var original = line.Text("originalName")?.Trim() ?? name;
        return new ToolDraft
        {
            OriginalName = original,
            NameSources = route is null ? [name, original] : [name, original, ToolName.OfRoute(method!, route)],
            Descriptions =
                [PlainText.Of(line.Text("description")), .. route is null ? [] : ToolName.Phrases(original, ToolName.OfRoute(method!, route))],
            Parameters = ParameterObject.Of([.. members.Select(m => ArgumentOf(m, template))]),
            ParameterCount = members.Count,
            Returns = schemas.Returns(line, place),
            Method = string.IsNullOrEmpty(method) ? null : method,
            Path = route,
            Tags = line.Texts("tags"),
            Source = new ToolSource(
                Provider(line, id) ?? document.DefaultProvider, document.Sha256, place.ToString(), document.Dialect, Licence(line)),
            Fault = schemas.Fault is { } fault ? (RejectReason.ParametersInvalid, fault) : null,
        };
    }

    /// <summary>The path in an id that ends in <c>#GET /path</c>.</summary>
    private static string? PathOf(string[]? id, string method) =>
        id is [_, var route] && route.StartsWith(method + " ", StringComparison.Ordinal) ? route[(method.Length + 1)..] : null;

    private static Argument ArgumentOf(SchemaMember member, PathTemplate? template)
    {
        var known = template?.Find(member.Name);
        var where = member.Merged.Text("x-in") switch
        {
            "formData" or "form" or "body" => "body",
            "path" or "query" or "header" => member.Merged.Text("x-in"),
            _ => known?.In,
        };
        var segment = where == "path" ? known?.Segment ?? member.Merged.Text("x-segment") : null;
        return new Argument(member.Name, where, member.Schema, member.Required || where == "path", segment);
    }

    private static string? Provider(JsonElement line, string[]? id)
    {
        var provider = PlainText.Of(
            line.Text("provider")
            ?? line.Member("source", JsonValueKind.Object)?.Text("provider")
            ?? (id is [var document, _] && document.Length > 0 ? document : line.Text("source")));
        return provider.Length > 0 ? ProblemList.Excerpt(provider) : null;
    }

    private static string? Licence(JsonElement line) => line.Licence() ?? line.Member("source", JsonValueKind.Object)?.Licence();
}
