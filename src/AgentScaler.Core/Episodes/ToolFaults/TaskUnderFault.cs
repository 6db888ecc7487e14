using AgentScaler.Tasks;

namespace AgentScaler.Episodes.ToolFaults;

/// <summary>What is right in an episode in which a tool never works: gold without the calls that can't be made, or gold's rows all the same where an agent finds another way to them.</summary>
internal static class TaskUnderFault
{
    /// <summary>The task as an episode's outcome is to be judged by.</summary>
    public static TaskSpec Of(TaskSpec task, EpisodeRecord episode)
    {
        var under = Of(task, episode.ToolFault);
        return episode.FinalHash == task.GoldHash ? under with { GoldHash = task.GoldHash } : under;
    }

    /// <summary>The task without what can't be done; the task itself where every tool works in the end.</summary>
    public static TaskSpec Of(TaskSpec task, ToolFault? fault)
    {
        if (fault?.GoldHash is not { } hash)
        {
            return task;
        }

        var excused = fault.Excused.ToHashSet();
        int Before(int call) => Enumerable.Range(0, call).Count(i => !excused.Contains(i));
        return task with
        {
            Gold =
            [
                .. task.Gold.Where((_, i) => !excused.Contains(i)).Select(call => call with { Origins = [.. call.Origins.Select(origin => origin.Step is { } step ? origin with { Step = Before(step) } : origin)] }),
            ],
            GoldHash = hash,
            Requests =
            [
                .. task.Requests.Select(request => request with
                {
                    FirstCall = Before(request.FirstCall),
                    Calls = Before(request.FirstCall + request.Calls) - Before(request.FirstCall),
                    RequiredOutputs = [.. request.RequiredOutputs.Where(output => !excused.Contains(output.Call)).Select(output => output with { Call = Before(output.Call) })],
                    Correction = request.Correction is { } correction && !excused.Contains(correction.Call) ? correction with { Call = Before(correction.Call) } : null,
                }),
            ],
        };
    }
}
