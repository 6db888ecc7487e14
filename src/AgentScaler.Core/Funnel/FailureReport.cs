using AgentScaler.Episodes;
using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Tasks;

namespace AgentScaler.Funnel;

/// <summary>
/// Whether the user heard of a tool that never works: the agent tried it, and said after that, in its own words, that something could not be done. There is nothing to hear where the agent found
/// another way to all that was asked.
/// </summary>
internal static class FailureReport
{
    public static Rejection? Check(EpisodeRecord episode, TaskSpec task)
    {
        if (episode.ToolFault is not { IsTransient: false } fault || (episode.FinalHash == task.GoldHash && IsAllDone(task, fault, episode)))
        {
            return null;
        }

        if (episode.Calls.FirstOrDefault(fault.Explains) is not { } failed)
        {
            return new(FunnelReasons.MissingCall, Attribution.Agent, $"never tried {fault.Tool}, so could not know that it is out of service");
        }

        var at = episode.Messages.ToList().FindIndex(message => message.ToolCallId == failed.Id);
        return episode.Messages.Skip(at + 1).Any(message => message is { Role: "assistant", Content: { } text } && AgentFailure.Is(text)) ? null
            : new(FunnelReasons.FailureUnreported, Attribution.Agent, $"{fault.Tool} is out of service, and the user never heard that something could not be done");
    }

    /// <summary>Whether neither rows nor answers are missing of what the tool was needed for; there have to be some of them to say so.</summary>
    private static bool IsAllDone(TaskSpec task, ToolFault fault, EpisodeRecord episode) => RequiredOutputs.FindMissing(episode, task) is null
        && (fault.GoldHash != task.GoldHash || task.Requests.Any(request => request.RequiredOutputs.Any(output => fault.Excused.Contains(output.Call))));
}
