using AgentScaler.Tasks;

namespace AgentScaler.Campaigns;

/// <summary>Finds quotas of tasks that cannot be met together.</summary>
internal static class QuotaCheck
{
    /// <summary>Adds what is wrong.</summary>
    public static void Check(TaskSettings tasks, List<CampaignError> errors)
    {
        // Where the state decides, something is written: no task is of both kinds.
        if (tasks.ReadOnlyShare + tasks.ConditionalShare > 1)
        {
            errors.Add(new CampaignError(
                "$.identity.tasks.conditionalShare", Expectation.Show(tasks.ConditionalShare), $"no more than is left by readOnlyShare, which is {Expectation.Show(tasks.ReadOnlyShare)}"));
        }

        foreach (var (name, list) in new[] { ("personas", tasks.Personas), ("styles", tasks.Styles), ("languages", tasks.Languages) })
        {
            if (list.Count == 0)
            {
                errors.Add(new CampaignError($"$.identity.tasks.{name}", "nothing", "at least one to draw from"));
            }
        }
    }
}
