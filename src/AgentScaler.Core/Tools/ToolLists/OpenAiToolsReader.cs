using System.Text.Json;
using AgentScaler.Json;
using AgentScaler.Tools.Reading;
using AgentScaler.Tools.Schemas;
using AgentScaler.Tools.Screening;

namespace AgentScaler.Tools.ToolLists;

/// <summary>
/// Tool arrays as OpenAI's APIs take them: <c>{"type":"function","function":{...}}</c> (chat) and <c>{"type":"function","name":...}</c> (responses),
/// in an array, under <c>tools</c> at any of the first levels, or in the rows of JSONL. <c>returns</c> beside <c>parameters</c> is read too.
/// </summary>
internal sealed class OpenAiToolsReader : ICatalogueReader
{
    public string Dialect => Reading.Dialect.OpenAiTools;

    public IEnumerable<ToolDraft> Read(SourceDocument document, ProblemList problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (value, place) in document.Values(problems))
        {
            foreach (var (tool, at) in Tools(value, place))
            {
                if (!IsFunction(tool))
                {
                    problems.Add("tool.kind", at, Kind(tool), "a tool of type 'function'; it is left out");
                }
                else if (seen.Add(CanonicalJson.Write(tool)))
                {
                    yield return Draft(document, value, tool, at, problems);
                }
            }
        }
    }

    private static IEnumerable<(JsonElement Tool, JsonPlace Place)> Tools(JsonElement value, JsonPlace place)
    {
        if (IsFunction(value))
        {
            yield return (value, place);
            yield break;
        }

        foreach (var (array, at) in ToolArray.FindIn(value, place))
        {
            var index = 0;
            foreach (var tool in array.EnumerateArray())
            {
                yield return (tool, at.Down(index++));
            }
        }
    }

    private static bool IsFunction(JsonElement tool) => tool.Text("type") == "function";

    private static string Kind(JsonElement tool) => tool.Text("type") is { } type ? $"type '{type}'" : tool.ValueKind.ToString();

    private static ToolDraft Draft(SourceDocument document, JsonElement wrapper, JsonElement tool, JsonPlace place, ProblemList problems)
    {
        var nested = tool.Member("function", JsonValueKind.Object);
        var function = nested ?? tool;
        var at = nested is null ? place : place.Down("function");
        var schemas = new FunctionSchemas(problems);
        var parameters = schemas.Parameters(function, at);
        var name = function.Text("name")?.Trim() ?? "";
        var provider = PlainText.Of(wrapper.Text("title") ?? wrapper.Text("provider"));
        return new ToolDraft
        {
            OriginalName = name,
            NameSources = [name],
            Descriptions = [PlainText.Of(function.Text("description"))],
            Parameters = ParameterObject.Of([.. parameters.Select(m => new Argument(m.Name, null, m.Schema, m.Required))]),
            ParameterCount = parameters.Count,
            Returns = schemas.Returns(function, at),
            Tags = function.Texts("tags"),
            Source = new ToolSource(
                provider.Length > 0 ? ProblemList.Excerpt(provider) : document.DefaultProvider,
                document.Sha256,
                place.ToString(),
                document.Dialect,
                function.Licence() ?? wrapper.Licence()),
            Fault = schemas.Fault is { } fault ? (RejectReason.ParametersInvalid, fault) : null,
        };
    }
}
