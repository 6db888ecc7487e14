using AgentScaler.Json;
using AgentScaler.Tasks.Abstention;

namespace AgentScaler.Tasks.Coverage;

/// <summary>The kinds that tasks are counted by.</summary>
public static class TaskKinds
{
    /// <summary>Gold changes nothing.</summary>
    public const string Reads = "reads";

    /// <summary>Gold changes something.</summary>
    public const string Writes = "writes";

    /// <summary>More gold calls than <see cref="TaskSettings.MaximumCalls"/>.</summary>
    public const string Long = "long";

    /// <summary>A call takes values from two or more earlier ones.</summary>
    public const string Merge = "merge";

    /// <summary>Two or more calls take values from the same earlier one.</summary>
    public const string Branch = "branch";

    /// <summary>The user wants several things, one after the other.</summary>
    public const string SeveralRequests = "several-requests";

    /// <summary>The state decides which of two wishes is to be done.</summary>
    public const string Conditional = "conditional";

    /// <summary>One request must not simply be served (<see cref="TaskSettings.AbstentionShare"/>).</summary>
    public const string Abstention = "abstention";

    /// <summary>The user corrects itself.</summary>
    public const string Correction = "correction";

    /// <summary>The kinds of a task.</summary>
    public static IEnumerable<string> Of(TaskSpec task, TaskSettings settings)
    {
        yield return task.IsReadOnly ? Reads : Writes;
        if (task.Gold.Count > settings.MaximumCalls)
        {
            yield return Long;
        }

        var sources = task.Gold.Select(call => call.Origins.Select(origin => origin.Step).OfType<int>().Distinct().ToList()).ToList();
        if (sources.Any(steps => steps.Count > 1))
        {
            yield return Merge;
        }

        if (sources.SelectMany(steps => steps).GroupBy(step => step).Any(uses => uses.Count() > 1))
        {
            yield return Branch;
        }

        if (task.Requests.Any(request => request.Condition is not null))
        {
            yield return Conditional;
        }

        foreach (var abstention in task.Requests.Select(request => request.Abstention).OfType<RequestAbstention>())
        {
            yield return Abstention;
            yield return $"{Abstention}-{EnumWord.Of(abstention.Kind)}";
        }

        if (task.Requests.Any(request => request.Correction is not null))
        {
            yield return Correction;
        }

        if (task.Requests.Count > 1)
        {
            yield return SeveralRequests;
        }
    }
}
