using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;
using AgentScaler.Models.Structured;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation.Modelled;

/// <summary>A tool whose program a model writes, from its first answer to its last repair.</summary>
internal sealed class ModelledTool(ToolSpec spec)
{
    /// <summary>Answers one after the other that can't be used, or are the earlier one again.</summary>
    private const int MostInVain = 2;

    private int vain;

    /// <summary>The tool as the environment offers it.</summary>
    public ToolSpec Spec => spec;

    /// <summary>The last answer that could be used; null if there is none yet.</summary>
    public ProgramAnswer? Answer { get; private set; }

    /// <summary>The round of the answer.</summary>
    public int Round { get; private set; }

    /// <summary>What is wrong with the answer, or why there is none; empty if nothing is known to be.</summary>
    public IReadOnlyList<AuditFinding> Findings { get; set; } = [];

    /// <summary>Whether it is to be asked for again: something is wrong, and the model has not answered in vain so often that it may be taken to know no better.</summary>
    public bool IsOpen => Findings.Count > 0 && vain < MostInVain;

    /// <summary>Takes a reply.</summary>
    public void Take(StructuredReply<ProgramAnswer> reply, int round)
    {
        if (reply.Value is not { } answer)
        {
            vain++;
            Findings = Answer is null ? [new AuditFinding("program.none", "the model gives none: " + reply.Fault)] : Findings;
            return;
        }

        if (Answer is not null && CanonicalJson.Serialize(Answer) == CanonicalJson.Serialize(answer))
        {
            vain++;
            return;
        }

        vain = 0;
        (Answer, Round, Findings) = (answer, round, []);
    }

    /// <summary>The tool by its last answer; null if there is none.</summary>
    public PackageTool? Made => Answer is null ? null : ProgramQuestion.Tool(spec, Answer);
}
