using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Tasks;

namespace AgentScaler.Episodes.ToolFaults;

/// <summary>Draws from an episode's seed whether a tool fails in it, and how.</summary>
internal static class ToolFaultDraw
{
    private const int MostTimes = 2;

    /// <summary>Share of failures after which the tool never works, where the task allows it.</summary>
    private const double OutageShare = 0.25;

    private static readonly ToolFaultKind[] Transient = [ToolFaultKind.Timeout, ToolFaultKind.RateLimited, ToolFaultKind.Unavailable];

    /// <summary>The failure of an episode; null in most.</summary>
    /// <param name="share">Share of episodes with one, 0-1.</param>
    /// <param name="open">Opens a session at the task's initial state.</param>
    /// <exception cref="EpisodeAbortedException">A call hit a limit of the runtime.</exception>
    public static ToolFault? Of(TaskSpec task, double share, Seed seed, Func<EnvironmentSession> open)
    {
        var random = seed.Child("tool-fault").Random();
        if (!random.Chance(share) || task.Gold.Count == 0)
        {
            return null;
        }

        var tools = random.Shuffle(task.Gold.Select(call => call.Tool).Distinct(StringComparer.Ordinal));
        return random.Chance(OutageShare) && tools.Select(tool => Outage(task, tool, open)).FirstOrDefault(outage => outage is not null) is { } found
            ? found
            : new ToolFault(random.Pick(Transient), tools[0], random.Between(1, MostTimes));
    }

    /// <summary>
    /// The failure of a tool that never works; null where gold's other calls would not come out the same, something else than a tool decides what is right, or a call that needs a failed one's
    /// result could have it from elsewhere as well.
    /// </summary>
    private static ToolFault? Outage(TaskSpec task, string tool, Func<EnvironmentSession> open)
    {
        if (task.Abstains || task.Requests.Any(request => request.Condition is not null))
        {
            return null;
        }

        var excused = new SortedSet<int>();
        for (var i = 0; i < task.Gold.Count; i++)
        {
            var needed = task.Gold[i].Origins.Where(origin => origin.Step is { } step && excused.Contains(step)).Select(origin => task.Gold[i].Arguments.GetProperty(origin.Parameter)).ToList();
            if (needed.Exists(value => IsKnown(task, i, excused, value)))
            {
                return null;
            }

            if (task.Gold[i].Tool == tool || needed.Count > 0)
            {
                excused.Add(i);
            }
        }

        var session = open();
        return task.Gold.Index().Where(call => !excused.Contains(call.Index)).All(call => session.Call(call.Item.Tool, call.Item.Arguments).Content == call.Item.Result)
            ? new ToolFault(ToolFaultKind.OutOfService, tool, 0) { Excused = [.. excused], GoldHash = session.StateHash }
            : null;
    }

    /// <summary>Whether an agent knows a value before a gold call although calls fail: from the user's words, the result of another call, or what it called a tool with.</summary>
    private static bool IsKnown(TaskSpec task, int before, SortedSet<int> excused, JsonElement value) => ScalarTexts.Of(value).All(text =>
        task.Requests.Any(request => ScalarTexts.IsSaidIn(request.Text, text))
        || task.Gold.Take(before).Index().Any(call => (!excused.Contains(call.Index) && ScalarTexts.IsWordOf(text, call.Item.Result)) || Given(call.Item, excused).Contains(text, StringComparer.Ordinal)));

    /// <summary>What a call is made with that no failed one had to give.</summary>
    private static IEnumerable<string> Given(GoldCall call, SortedSet<int> excused) =>
        call.Origins.Where(origin => origin.Step is not { } step || !excused.Contains(step)).SelectMany(origin => ScalarTexts.Of(call.Arguments.GetProperty(origin.Parameter)));
}
