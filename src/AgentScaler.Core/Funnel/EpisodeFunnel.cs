using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Tasks;

namespace AgentScaler.Funnel;

/// <summary>
/// The three-stage funnel (paper, section on experience filtering; pipeline.md, section 6): validity control, environment state
/// alignment, function calling exact match. A pure function of one episode, so verdicts do not depend on order; only the quota of
/// episodes with errors looks at an environment as a whole (<see cref="ErrorQuota"/>).
/// </summary>
public static class EpisodeFunnel
{
    /// <summary>Judges one episode.</summary>
    /// <param name="episode">The episode, of <paramref name="task"/>; where a tool never worked in it, what could not be done is not expected of it.</param>
    /// <param name="package">The environment, which says which tools write and which must be confirmed.</param>
    /// <param name="replay">Makes the recorded calls again; null to believe the record, whatever the settings say.</param>
    /// <exception cref="ArgumentException">The episode is of another task.</exception>
    public static Verdict Judge(EpisodeRecord episode, TaskSpec task, EnvironmentPackage package, FunnelSettings settings, ReplayCheck? replay = null)
    {
        if (episode.Task != task.Id)
        {
            throw new ArgumentException($"episode {episode.Id} is of task {episode.Task}, not of {task.Id}", nameof(task));
        }

        var possible = TaskUnderFault.Of(task, episode.ToolFault);
        if (Validity(episode, possible, package, settings, replay) is { } invalid)
        {
            return invalid.At(FunnelStage.Validity, episode.Id);
        }

        var verdict = JudgeOutcome(episode, task, package, settings);
        return verdict.Attribution == Attribution.Agent && UserConduct.InventedFact(episode, possible) is { } invented
            ? invented.At(FunnelStage.Validity, episode.Id)
            : verdict;
    }

    /// <summary>The verdict of the stages after validity: what an episode came to, not how it was talked about.</summary>
    internal static Verdict JudgeOutcome(EpisodeRecord episode, TaskSpec task, EnvironmentPackage package, FunnelSettings settings)
    {
        var failure = FailureReport.Check(episode, task);
        task = TaskUnderFault.Of(task, episode);

        // Unequal hashes disprove in every case; equal ones prove something only where gold's net difference is not empty.
        if (episode.FinalHash != task.GoldHash)
        {
            var detail = "final state is not gold's: " + GoldCallMatch.DescribeWrites(episode, task, package);
            return new Rejection(FunnelReasons.StateDiffers, Attribution.Agent, detail).At(FunnelStage.StateAlignment, episode.Id);
        }

        if ((AbstentionProof.Check(episode, task, package) ?? failure) is { } unproven)
        {
            return unproven.At(FunnelStage.ExactMatch, episode.Id);
        }

        if (task.IsReadOnly && Match(episode, task, package, settings) is { } mismatch)
        {
            return mismatch.At(FunnelStage.ExactMatch, episode.Id);
        }

        // Equal states say nothing of the questions that stand beside the writes.
        return settings.RequireOutputs && Unsaid(episode, task) is { } unsaid
            ? unsaid.At(FunnelStage.ExactMatch, episode.Id)
            : new Verdict(episode.Id, true, null, null, null, null);
    }

    /// <summary>The parts of the reward, each judged whether or not it decides for this task.</summary>
    public static RewardParts Reward(EpisodeRecord episode, TaskSpec task, EnvironmentPackage package, MatchMode mode)
    {
        var right = TaskUnderFault.Of(task, episode);
        return new RewardParts(
            episode.FinalHash == right.GoldHash,
            Calls(episode, right, package, mode) is null,
            RequiredOutputs.FindMissing(episode, right) is null && AbstentionProof.Check(episode, right, package) is null && FailureReport.Check(episode, task) is null);
    }

    private static Rejection? Validity(EpisodeRecord episode, TaskSpec task, EnvironmentPackage package, FunnelSettings settings, ReplayCheck? replay) =>
        TranscriptShape.Check(episode)
        ?? (settings.Replay ? replay?.Check(episode, task) : null)
        ?? LeakedMarkup.Check(episode)
        ?? Repetition.Check(episode, settings)
        ?? UserConduct.Check(episode, task)
        ?? (settings.RequireConfirmation ? AgentConduct.Check(episode, package) : null);

    private static Rejection? Match(EpisodeRecord episode, TaskSpec task, EnvironmentPackage package, FunnelSettings settings) =>
        Calls(episode, task, package, settings.Match)
        ?? Unsaid(episode, task);

    /// <summary>The calls against gold's. Where a request must not or can't be served, an agent may look at more before it says so.</summary>
    private static Rejection? Calls(EpisodeRecord episode, TaskSpec task, EnvironmentPackage package, MatchMode mode) =>
        GoldCallMatch.Check(episode, task, package, mode) is not { } mismatch || ((task.Abstains || episode.ToolFault is { IsTransient: false }) && GoldCallMatch.Check(episode, task, package, MatchMode.SupersetReads) is null) ? null : mismatch;

    private static Rejection? Unsaid(EpisodeRecord episode, TaskSpec task) => RequiredOutputs.FindMissing(episode, task) is { } output
        ? new Rejection(FunnelReasons.MissingOutput, Attribution.Agent, $"'{output}' never reached the user")
        : null;
}
