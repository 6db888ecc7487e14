using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Json;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Verification;

namespace AgentScaler.Funnel;

/// <summary>
/// The funnel as the audit of tasks meets it: the verdict on outcomes that <see cref="EpisodeFunnel"/> gives, on what was executed without any talk. Its settings are no campaign's: a task is tried
/// under every way of matching, with its outputs required, so that it is sound whatever a campaign filters by, and a filter changes without tasks being built anew.
/// </summary>
public sealed class OutcomeJudge : IOutcomeJudge
{
    private static readonly IReadOnlyList<(JudgeMode Mode, MatchMode Match)> Matches =
    [
        (new JudgeMode(EnumWord.Of(MatchMode.Strict), AllowsReorderedReads: false, AllowsExtraReads: false), MatchMode.Strict),
        (new JudgeMode(EnumWord.Of(MatchMode.UnorderedReads), AllowsReorderedReads: true, AllowsExtraReads: false), MatchMode.UnorderedReads),
        (new JudgeMode(EnumWord.Of(MatchMode.SupersetReads), AllowsReorderedReads: false, AllowsExtraReads: true), MatchMode.SupersetReads),
    ];

    private static readonly JudgeMode State = new("state", AllowsReorderedReads: true, AllowsExtraReads: true);

    /// <inheritdoc/>
    public IReadOnlyList<JudgeMode> ModesFor(TaskSpec task) => task.IsReadOnly ? [.. Matches.Select(pair => pair.Mode)] : [State];

    /// <inheritdoc/>
    public bool Accepts(TaskSpec task, EnvironmentPackage package, TrialOutcome outcome, JudgeMode mode)
    {
        var match = Matches.FirstOrDefault(pair => pair.Mode == mode).Match;
        return EpisodeFunnel.JudgeOutcome(Episode(task, outcome), task, package, new FunnelSettings { Match = match }).Kept;
    }

    private static EpisodeRecord Episode(TaskSpec task, TrialOutcome outcome) => new()
    {
        Id = "trial",
        Task = task.Id,
        Environment = task.Environment,
        Trial = 0,
        Seed = task.Seed,
        Generator = "trial",
        Messages = [.. AbstentionTalk.Of(task, outcome.Abstained), .. outcome.Said.Length == 0 ? Array.Empty<EpisodeMessage>() : [new EpisodeMessage("assistant", outcome.Said)]],
        Calls = [.. outcome.Calls.Select(call => new RecordedCall(
            "call", call.Tool, call.Arguments, call.Result.Content, call.Result.IsError, call.Result.ErrorCode, call.Result.RowsChanged, call.StateHash))],
        Termination = Termination.UserStop,
        FinalHash = outcome.FinalHash,
        Faults = [],
    };
}
