using System.Text.Json;
using AgentScaler.Json;
using AgentScaler.Models;
using AgentScaler.Models.Prompts;
using AgentScaler.Models.Structured;

namespace AgentScaler.Tools.Refinement;

/// <summary>
/// Has a model make vague tools explicit: what they do, take and give. A proposal that contradicts the document is told back once, for that tool alone, and then refused; the tool stays as it
/// was. The original is kept beside each refined tool.
/// </summary>
public static class ToolRefiner
{
    private const int BatchSize = 8;
    private const int BatchLength = 40_000;
    private const int LongestDescription = 600;
    private const int LongestReturns = 8_000;
    private const string NoAnswer = "refine.no-answer";

    private static readonly JsonElement Form = JsonElement.Parse(
        """
        {"type":"object","additionalProperties":false,"required":["tools"],"properties":{"tools":{"type":"array","items":
          {"type":"object","additionalProperties":false,"required":["name","description","parameters","returns"],"properties":{
            "name":{"type":"string"},
            "description":{"type":"string","minLength":1},
            "parameters":{"type":"object","description":"JSON Schema of the arguments"},
            "returns":{"type":["object","null"],"description":"JSON Schema of the result"}}}}}}
        """);

    /// <summary>The prompt.</summary>
    internal static Prompt Prompt { get; } = Prompt.Load("tool-refinement");

    /// <summary>Refines the vague ones of a domain's tools.</summary>
    /// <param name="model">The model; null leaves all tools as they are.</param>
    /// <exception cref="ModelException">The endpoint gives no replies.</exception>
    /// <exception cref="BudgetSpentException">The campaign may spend no more.</exception>
    public static async Task<RefinedTools> RefineAsync(IReadOnlyList<ToolSpec> tools, RoleModel? model, CancellationToken cancellationToken)
    {
        var vague = model is null ? [] : tools.Where(VagueTools.Is).ToList();
        var batches = await Task.WhenAll(Batches(vague).Select(batch => AskAsync(model!, batch, cancellationToken)));
        var outcomes = batches.SelectMany(batch => batch).ToList();
        var again = await Task.WhenAll(outcomes.Where(outcome => outcome.Refused is not null).Select(outcome => AskAgainAsync(model!, outcome, cancellationToken)));
        var byName = outcomes.Concat(again).GroupBy(outcome => outcome.Tool.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        return new RefinedTools(
            [.. tools.Select(tool => byName.TryGetValue(tool.Name, out var outcome) ? outcome.Tool : tool)],
            vague.Count,
            [.. vague.Select(tool => byName[tool.Name].Refused).OfType<RefusedRefinement>()]);
    }

    private static IEnumerable<List<ToolSpec>> Batches(IReadOnlyList<ToolSpec> tools)
    {
        var batch = new List<ToolSpec>();
        var length = 0;
        foreach (var tool in tools)
        {
            var size = Sheet(tool).Length;
            if (batch.Count == BatchSize || (batch.Count > 0 && length + size > BatchLength))
            {
                yield return batch;
                (batch, length) = ([], 0);
            }

            batch.Add(tool);
            length += size;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private static async Task<IReadOnlyList<Outcome>> AskAsync(RoleModel model, List<ToolSpec> batch, CancellationToken cancellationToken)
    {
        var reply = await model.AskOrRefusedAsync(Question(batch, []), cancellationToken);
        return
        [
            .. batch.Select(tool => reply.Value?.Tools.FirstOrDefault(proposed => proposed.Name == tool.Name) is { } proposal
                ? Apply(tool, proposal, model)
                : new Outcome(tool, new RefusedRefinement(tool.Name, NoAnswer, reply.Fault ?? "the answer leaves the tool out"))),
        ];
    }

    private static async Task<Outcome> AskAgainAsync(RoleModel model, Outcome refused, CancellationToken cancellationToken)
    {
        if (refused.Refused!.Reason == NoAnswer)
        {
            return refused;
        }

        var tool = refused.Tool;
        var question = Question([tool], [refused.Refused.Detail]) with
        {
            Check = answer => answer.Tools.FirstOrDefault(proposed => proposed.Name == tool.Name) is not { } proposal ? [$"expected the tool {tool.Name}"]
                : Apply(tool, proposal, model).Refused is { } still ? [still.Detail] : [],
        };
        var reply = await model.AskOrRefusedAsync(question, cancellationToken);
        return reply.Value is { } answer ? Apply(tool, answer.Tools.First(proposed => proposed.Name == tool.Name), model) : refused;
    }

    private static StructuredQuestion<RefinementAnswer> Question(IReadOnlyList<ToolSpec> tools, IReadOnlyList<string> refused)
    {
        var (system, text) = TwoPartPrompt.Fill(
            Prompt,
            ("tools", string.Join('\n', tools.Select(Sheet))),
            ("refused", refused.Count == 0 ? "" : "\nAn earlier proposal contradicted the document and was refused:\n" + string.Join('\n', refused)));
        return new StructuredQuestion<RefinementAnswer> { Name = "tool_refinement", System = system, Text = text, Schema = Form };
    }

    private static string Sheet(ToolSpec tool) => CanonicalJson.Serialize(new { tool.Name, tool.Description, tool.Method, tool.Path, tool.Parameters, tool.Returns });

    /// <summary>The tool with what a proposal adds, or why it is not taken.</summary>
    private static Outcome Apply(ToolSpec tool, ProposedTool proposed, RoleModel model)
    {
        try
        {
            return Merge(tool, proposed, model);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // Schemas that are JSON and yet none: a member twice, text that is none, keywords of the wrong kind.
            return new Outcome(tool, new RefusedRefinement(tool.Name, "refine.broken", $"the proposed schema can't be used: {e.Message}"));
        }
    }

    private static Outcome Merge(ToolSpec tool, ProposedTool proposed, RoleModel model)
    {
        var merge = new SchemaRefinement();
        var parameters = merge.Merge(tool.Parameters, proposed.Parameters, "parameters");
        var returns = tool.Returns;
        if (proposed.Returns is { } wanted)
        {
            returns = tool.Returns is { } own ? merge.Merge(own, wanted, "returns", mayFill: true) : NewReturns(wanted);
        }

        if (merge.Contradictions is [var (reason, detail), ..])
        {
            return new Outcome(tool, new RefusedRefinement(tool.Name, reason, detail));
        }

        if (PlainSentence.Of(proposed.Description, LongestDescription) is not { } description)
        {
            return new Outcome(tool, new RefusedRefinement(tool.Name, "refine.description", $"description: expected one of at most {LongestDescription} characters"));
        }

        if (returns?.GetRawText().Length > LongestReturns)
        {
            return new Outcome(tool, new RefusedRefinement(tool.Name, "refine.broken", $"returns: expected a schema of at most {LongestReturns} characters"));
        }

        JsonSchema.Compile(parameters);
        _ = returns is { } result ? JsonSchema.Compile(result) : null;
        if (!VagueTools.IsShort(tool.Description) && JsonElement.DeepEquals(parameters, tool.Parameters) && SameResult(returns, tool.Returns))
        {
            // It says what the document says.
            return new Outcome(tool, null);
        }

        var refined = tool with
        {
            Description = VagueTools.IsShort(tool.Description) ? description : tool.Description,
            Parameters = parameters,
            Returns = returns,
            Original = new OriginalTool(tool.Description, tool.Parameters, tool.Returns, model.Settings.Model, Prompt.Id),
        };
        return new Outcome(refined, null);
    }

    private static bool SameResult(JsonElement? one, JsonElement? other) => one is { } a && other is { } b ? JsonElement.DeepEquals(a, b) : one is null == other is null;

    /// <summary>A result where the document declares none; null if it is none.</summary>
    private static JsonElement? NewReturns(JsonElement proposed)
    {
        if (proposed.GetRawText().Length > LongestReturns || !proposed.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            JsonSchema.Compile(proposed);
            return proposed;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Outcome(ToolSpec Tool, RefusedRefinement? Refused);
}
