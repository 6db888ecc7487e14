using System.Text.Json;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;
using AgentScaler.Models.Prompts;
using AgentScaler.Models.Structured;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation.Modelled;

/// <summary>Asks for the program of one tool, and takes only one that passes the static check and whose word about itself fits tool and schema.</summary>
/// <param name="rows">Initial rows, of which a few are shown.</param>
internal sealed class ProgramQuestion(EnvironmentSchema schema, IReadOnlyList<RowData> rows)
{
    private const int LongestTool = 24_000;
    private const int LongestProgram = 20_000;
    private const int LongestRow = 1_000;

    private static readonly JsonElement Form = JsonElement.Parse(
        """
        {"type":"object","additionalProperties":false,"required":["program","writes","kind","collection"],"properties":{
          "program":{"type":"string","minLength":1,"description":"JavaScript: one function (db, args, env)"},
          "writes":{"type":"boolean"},
          "kind":{"type":"string","enum":["get","list","search","create","update","delete","status","other"]},
          "collection":{"type":"string"},
          "keyParameter":{"type":["string","null"]},
          "fields":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["parameter","field"],"properties":{"parameter":{"type":"string"},"field":{"type":"string"}}}},
          "owners":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["parameter","field"],"properties":{"parameter":{"type":"string"},"field":{"type":"string"}}}},
          "ranges":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["parameter","field","operator"],"properties":{"parameter":{"type":"string"},"field":{"type":"string"},"operator":{"type":"string","enum":[">=","<=",">","<"]}}}},
          "lists":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["parameter","field"],"properties":{"parameter":{"type":"string"},"field":{"type":"string"}}}},
          "queryParameter":{"type":["string","null"]},
          "joins":{"type":"array","items":{"type":"string"}},
          "status":{"type":["object","null"],"additionalProperties":false,"required":["field","to","from"],"properties":{"field":{"type":"string"},"to":{"type":"string"},"from":{"type":"array","minItems":1,"items":{"type":"string"}}}},
          "resultPath":{"type":["string","null"]},
          "resultFields":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["property","field"],"properties":{"property":{"type":"string"},"field":{"type":"string"}}}}}}
        """);

    private readonly string shownSchema = ToolSheet.Of(schema);
    private readonly string shownRows = string.Join('\n', schema.Collections.SelectMany(collection => rows.Where(row => row.Collection == collection.Name).Take(2))
        .Select(row => $"{row.Collection}: {Cut(CanonicalJson.Write(row.Row))}"));

    /// <summary>The prompt.</summary>
    public static Prompt Prompt { get; } = Prompt.Load("tool-program");

    /// <summary>The question.</summary>
    /// <param name="earlier">The answer that was tried, or null for the first question.</param>
    /// <param name="findings">What is wrong with it.</param>
    public StructuredQuestion<ProgramAnswer> Ask(ToolSpec tool, ProgramAnswer? earlier, IReadOnlyList<AuditFinding> findings)
    {
        var (system, text) = TwoPartPrompt.Fill(
            Prompt,
            ("schema", shownSchema),
            ("rows", shownRows),
            ("tool", ToolSheet.Of(tool, LongestTool)),
            ("repair", RepairText.Of(earlier is null ? null : CanonicalJson.Serialize(earlier), findings)));
        return new StructuredQuestion<ProgramAnswer> { Name = "tool_program", System = system, Text = text, Schema = Form, Check = answer => Faults(tool, answer) };
    }

    /// <summary>The tool that an answer makes; what it says of itself is in the order that packages have it.</summary>
    public static PackageTool Tool(ToolSpec tool, ProgramAnswer answer) => new(tool, answer.Writes, answer.Program, BindingAnswers.Read(answer));

    private List<string> Faults(ToolSpec tool, ProgramAnswer answer)
    {
        var faults = BindingAnswers.Faults(answer, tool, schema);
        if (answer.Program.Length > LongestProgram)
        {
            faults.Add($"the program is longer than {LongestProgram} characters");
            return faults;
        }

        try
        {
            ProgramCheck.Check(PackageFiles.Program(tool.Name), answer.Program);
        }
        catch (PackageException e)
        {
            faults.Add(e.Message);
        }

        return faults;
    }

    private static string Cut(string text) => text.Length <= LongestRow ? text : text[..LongestRow] + "...";
}
