using System.Text.Json;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;
using AgentScaler.Models.Prompts;
using AgentScaler.Models.Structured;

namespace AgentScaler.Environments.Materialisation.Modelled;

/// <summary>Asks for the rules of an environment's policy, and takes only rules of which every name means something.</summary>
internal sealed class PolicyQuestion(EnvironmentSchema schema, IReadOnlyList<PackageTool> tools)
{
    private const int LongestPrograms = 60_000;

    private static readonly JsonElement Form = JsonElement.Parse(
        """
        {"type":"object","additionalProperties":false,"required":["rules"],"properties":{"rules":{"type":"array","maxItems":60,"items":
          {"type":"object","additionalProperties":false,"required":["kind","text","tools"],"properties":{
            "kind":{"type":"string","enum":["confirm","status","in-use","cascade","owner","reference","unique","limit"]},
            "text":{"type":"string","minLength":1,"maxLength":400,"description":"the sentence for the agent"},
            "tools":{"type":"array","minItems":1,"items":{"type":"string"}},
            "collection":{"type":["string","null"]},
            "field":{"type":["string","null"]},
            "values":{"type":"array","items":{"type":"string"}},
            "minimum":{"type":["number","null"]},
            "maximum":{"type":["number","null"]},
            "error":{"type":["string","null"],"description":"the code by which programs refuse"}}}}}}
        """);

    /// <summary>The prompt.</summary>
    public static Prompt Prompt { get; } = Prompt.Load("environment-policy");

    /// <summary>The question.</summary>
    /// <param name="earlier">The rules that were tried, or null for the first question.</param>
    public StructuredQuestion<PolicyAnswer> Ask(IReadOnlyList<PolicyRule>? earlier, IReadOnlyList<AuditFinding> findings)
    {
        var programs = string.Join('\n', tools.Select(tool => tool.Program.Trim()));
        var (system, text) = TwoPartPrompt.Fill(
            Prompt,
            ("schema", ToolSheet.Of(schema)),
            ("tools", string.Join('\n', tools.Select(ToolSheet.Of))),
            ("programs", programs.Length <= LongestPrograms ? programs : programs[..LongestPrograms]),
            ("repair", RepairText.Of(earlier is null ? null : CanonicalJson.Serialize(new PolicyAnswer(earlier)), findings)));
        return new StructuredQuestion<PolicyAnswer> { Name = "environment_policy", System = system, Text = text, Schema = Form, Check = answer => [.. answer.Rules.SelectMany((rule, i) => Faults(rule).Select(fault => $"rules[{i}]: {fault}"))] };
    }

    /// <summary>The rules as packages have them.</summary>
    public static IReadOnlyList<PolicyRule> Normal(PolicyAnswer answer) =>
    [
        .. answer.Rules.Select(rule => rule with
        {
            Text = string.Join(' ', rule.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            Tools = [.. rule.Tools.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Values = [.. rule.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Error = rule.Kind is PolicyRuleKind.Confirm or PolicyRuleKind.Cascade ? null : rule.Error,
        }),
    ];

    private IEnumerable<string> Faults(PolicyRule rule)
    {
        if (string.IsNullOrWhiteSpace(rule.Text) || rule.Text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
        {
            yield return "text: expected a sentence";
        }

        foreach (var name in rule.Tools.Where(name => tools.All(tool => tool.Name != name)))
        {
            yield return $"tools: there is no tool '{name}'";
        }

        var collection = rule.Collection is null ? null : schema.Find(rule.Collection);
        if (rule.Collection is not null ? collection is null : rule.Kind is not (PolicyRuleKind.Confirm or PolicyRuleKind.Owner))
        {
            yield return $"collection: expected one of {string.Join(", ", schema.Collections.Select(other => other.Name))}";
            yield break;
        }

        var field = collection?.Fields.FirstOrDefault(field => field.Name == rule.Field);
        if (rule.Field is not null && field is null)
        {
            yield return $"field: {rule.Collection} has no field '{rule.Field}'";
        }
        else if (KindFault(rule, field) is { } fault)
        {
            yield return fault;
        }
    }

    private string? KindFault(PolicyRule rule, FieldSpec? field) => rule.Kind switch
    {
        PolicyRuleKind.Status when field is null || rule.Values.Count == 0 => "a rule of the kind status has a field, and the values at which calls succeed",
        PolicyRuleKind.InUse or PolicyRuleKind.Cascade when rule.Values.Count == 0
            || rule.Values.Any(name => schema.Find(name)?.Fields.Any(other => other.References == rule.Collection) != true) =>
            $"values: expected collections that refer to {rule.Collection}",
        PolicyRuleKind.Owner when rule.Values.Count == 0 || rule.Tools.Any(name => tools.FirstOrDefault(tool => tool.Name == name) is { } tool && rule.Values.Any(parameter => tool.SchemaOf(parameter) is null)) =>
            "values: expected parameters of the tools",
        PolicyRuleKind.Reference when field?.References is null => "field: expected one that refers to another collection",
        PolicyRuleKind.Unique when field is null => "field: expected the one that no two rows share",
        PolicyRuleKind.Limit when field is null || (rule.Minimum ?? rule.Maximum) is null || rule.Minimum > rule.Maximum => "a rule of the kind limit has a field, and a minimum or a maximum",
        _ => null,
    };
}
