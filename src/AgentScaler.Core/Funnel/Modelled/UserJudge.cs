using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentScaler.Episodes;
using AgentScaler.Models;
using AgentScaler.Models.Prompts;
using AgentScaler.Models.Structured;
using AgentScaler.Tasks;

namespace AgentScaler.Funnel.Modelled;

/// <summary>
/// Asks a model whether a rejected episode was the simulated user's fault, where the user was a model and the funnel's own rules blame the agent. It can only move blame: what is kept
/// and what is rejected is decided by states and calls.
/// </summary>
public sealed class UserJudge(RoleModel model)
{
    private static readonly JsonElement Schema = JsonElement.Parse("""
        {
          "type": "object",
          "properties": {
            "fault": { "type": "string", "enum": ["none", "invented", "changed", "omitted", "contradicted", "strayed"] },
            "message": { "type": "integer", "minimum": 0 },
            "reason": { "type": "string", "minLength": 1, "maxLength": 500 }
          },
          "required": ["fault", "message", "reason"],
          "additionalProperties": false
        }
        """);

    /// <summary>The prompt.</summary>
    public static Prompt Prompt => Prompt.Load("judge");

    /// <summary>Whether a verdict is one to ask about.</summary>
    public static bool Concerns(EpisodeRecord episode, Verdict verdict) =>
        !verdict.Kept
        && verdict.Attribution == Attribution.Agent
        && verdict.Stage is FunnelStage.StateAlignment or FunnelStage.ExactMatch
        && episode.Models.User != EpisodeModels.Scripted.User;

    /// <summary>A verdict with what a judge said of it before: where the rules say the same again, so would the judge.</summary>
    /// <param name="earlier">Verdicts from before by episode, or null.</param>
    public static Verdict Recall(Verdict verdict, IReadOnlyDictionary<string, Verdict>? earlier) =>
        earlier?.GetValueOrDefault(verdict.Episode) is { Reason: FunnelReasons.UserFault, Detail: { } detail } said
        && said.Stage == verdict.Stage && detail.EndsWith($" ({verdict.Reason}: {verdict.Detail})", StringComparison.Ordinal) ? said : verdict;

    /// <summary>The verdict, the user to blame where the judge says so; a judge without a usable answer changes nothing.</summary>
    /// <exception cref="ModelException">The endpoint gives no replies at all.</exception>
    /// <exception cref="BudgetSpentException">The campaign may spend no more.</exception>
    public async Task<Verdict> ReviewAsync(EpisodeRecord episode, TaskSpec task, Verdict verdict, CancellationToken cancellationToken)
    {
        var count = episode.Messages.Count(message => message.Role == "user");
        var reply = await model.AskOrRefusedAsync(
            new StructuredQuestion<UserFault>
            {
                Name = "user_fault",
                System = Prompt.Fill(("requests", string.Join('\n', task.Requests.Select((request, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {request.Text}"))))),
                Text = Show(episode),
                Schema = Schema,
                Trial = episode.Trial,
                Check = fault => fault.Message <= count && fault.Fault == UserFaultKind.None == (fault.Message == 0)
                    ? []
                    : [$"message must be the number of the user's message that shows the fault, 1-{count}, and 0 where there is none"],
            },
            cancellationToken);
        return reply.Value is { Fault: not UserFaultKind.None and var kind } found
            ? verdict with
            {
                Reason = FunnelReasons.UserFault,
                Attribution = Attribution.User,
                Detail = $"judge: {kind.ToString().ToLowerInvariant()}, the user's message {found.Message}: {found.Reason} ({verdict.Reason}: {verdict.Detail})",
            }
            : verdict;
    }

    /// <summary>What user and assistant said; calls only by name, since they are none of the judge's business.</summary>
    private static string Show(EpisodeRecord episode)
    {
        var text = new StringBuilder();
        var number = 0;
        foreach (var message in episode.Messages)
        {
            switch (message)
            {
                case { Role: "user", Content: { } said }:
                    text.Append(CultureInfo.InvariantCulture, $"[user, message {++number}]\n{said}\n\n");
                    break;
                case { Role: "assistant", Content: { } said }:
                    text.Append(CultureInfo.InvariantCulture, $"[assistant]\n{said}\n\n");
                    break;
                default:
                    break;
            }
        }

        return text.ToString().TrimEnd();
    }
}
