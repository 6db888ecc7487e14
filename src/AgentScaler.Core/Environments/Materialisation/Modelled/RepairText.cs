using AgentScaler.Environments.Audit;
using AgentScaler.Models.Prompts;

namespace AgentScaler.Environments.Materialisation.Modelled;

/// <summary>What a question says of an earlier answer that was tried and failed.</summary>
internal static class RepairText
{
    private const int MostFindings = 10;
    private const int LongestFinding = 800;

    /// <summary>The prompt.</summary>
    public static Prompt Prompt { get; } = Prompt.Load("answer-repair");

    /// <summary>The text; empty for a first question.</summary>
    /// <param name="answer">The earlier answer; null if there is none.</param>
    public static string Of(string? answer, IReadOnlyList<AuditFinding> findings) => answer is null ? "" : "\n" + Prompt.Fill(
        ("answer", answer),
        ("findings", string.Join('\n', findings.Take(MostFindings).Select(finding => $"- {finding.Reason}: {(finding.Detail.Length <= LongestFinding ? finding.Detail : finding.Detail[..LongestFinding] + "...")}"))));

    /// <summary>Names and versions of the prompts of a question.</summary>
    public static string Ids(Prompt prompt, int round) => round == 0 ? prompt.Id : $"{prompt.Id}+{Prompt.Id}";
}
