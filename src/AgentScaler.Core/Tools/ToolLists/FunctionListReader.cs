using System.Text.Json;
using AgentScaler.Json;
using AgentScaler.Tools.Reading;
using AgentScaler.Tools.Schemas;
using AgentScaler.Tools.Screening;

namespace AgentScaler.Tools.ToolLists;

/// <summary>
/// Lists of functions in the dialects of function calling: OpenAI (chat and responses form), Anthropic, MCP, BFCL, ACEBench, ToolBench, xLAM,
/// Seal-Tools, Gorilla API Zoo, API-Bank, in whatever wrapper. They differ in the names of members and in how they write types, no more;
/// a document may mix them.
/// </summary>
internal sealed class FunctionListReader : ICatalogueReader
{
    public bool Reads(string dialect) => Dialect.FunctionLists.Contains(dialect);

    public IEnumerable<ToolDraft> Read(SourceDocument document, ProblemList problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var marks = RequirementMarks.Of(document.Text.Span, document.Dialect);
        foreach (var (value, place) in document.Values(problems))
        {
            foreach (var found in FunctionFinder.Find(value, place))
            {
                if (!FunctionShape.IsFunction(found.Value, isListed: true))
                {
                    problems.Add("tool.kind", found.Place, Kind(found.Value), "a tool of type 'function', or a name with a description or parameters; it is left out");
                }
                else if (seen.Add(CanonicalJson.Write(found.Value)))
                {
                    yield return Draft(document, found, marks, problems);
                }
            }
        }
    }

    private static string Kind(JsonElement tool) => tool.Text("type") is { } type ? $"type '{type}'" : tool.ValueKind.ToString();

    private static ToolDraft Draft(SourceDocument document, FoundFunction found, RequirementMarks marks, ProblemList problems)
    {
        var function = FunctionShape.FunctionOf(found.Value);
        var at = found.Value.TryGetProperty("function", out var inner) && inner.ValueKind == JsonValueKind.Object ? found.Place.Down("function") : found.Place;
        var schemas = new FunctionSchemas(problems, marks);
        var parameters = schemas.Parameters(function, at);
        var (owner, name) = Name(function, found.Owner);
        var method = function.Text("method")?.Trim().ToUpperInvariant();
        return new ToolDraft
        {
            OriginalName = name,
            NameSources = [name],
            Descriptions = [.. FunctionShape.Descriptions(function).Select(PlainText.Of), .. ToolName.Phrases(name, name).Take(1)],
            Parameters = ParameterObject.Of([.. parameters.Select(m => new Argument(m.Name, null, m.Schema, m.Required))]),
            ParameterCount = parameters.Count,
            Returns = schemas.Returns(function, at),
            Method = string.IsNullOrEmpty(method) ? null : method,
            Tags = Tags(function),
            Source = new ToolSource(
                PlainText.Of(owner) is { Length: > 0 } provider ? ProblemList.Excerpt(provider) : document.DefaultProvider,
                document.Sha256,
                found.Place.ToString(),
                document.Dialect,
                function.Licence() ?? found.Value.Licence() ?? found.Licence),
            Fault = schemas.Fault is { } fault ? (RejectReason.ParametersInvalid, fault) : null,
        };
    }

    /// <summary>Whose a function is and how it is called; API Zoo writes both in one, <c>Youtube API - videos.list</c>.</summary>
    private static (string? Owner, string Name) Name(JsonElement function, string? owner)
    {
        var name = FunctionShape.NameOf(function) ?? "";
        if (function.TryGetProperty("api_call", out _) && name.Split(" - ", 2, StringSplitOptions.TrimEntries) is [var api, { Length: > 2 } call])
        {
            return (api, call);
        }

        return (function.Text("api_name") is null ? owner : function.Text("tool_name") ?? owner, name);
    }

    private static IReadOnlyList<string> Tags(JsonElement function)
    {
        IEnumerable<string?> single = [function.Text("category_name"), function.Text("category"), function.Text("field"), function.Text("应用场景")];
        return [.. function.Texts("tags").Concat(single.OfType<string>().Where(tag => tag.Length > 0)).Distinct(StringComparer.Ordinal)];
    }
}
