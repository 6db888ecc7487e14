using System.Globalization;
using AgentScaler.Environments.Materialisation.Values.Locales;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Wording;

namespace AgentScaler.Campaigns;

/// <summary>Finds quotas that cannot be met, or not together, and lists that name what is not there.</summary>
internal static class QuotaCheck
{
    /// <summary>Adds what is wrong.</summary>
    public static void Check(CampaignIdentity identity, List<CampaignError> errors)
    {
        foreach (var (task, more) in identity.Episodes.MoreTrials ?? [])
        {
            if (more is < 1 or > 100)
            {
                errors.Add(new CampaignError($"$.identity.episodes.moreTrials['{task}']", Expectation.Show(more), "a number of further trials from 1 to 100"));
            }
        }

        var bands = identity.Funnel.Difficulty;
        if (bands.MediumFrom > bands.EasyFrom)
        {
            errors.Add(new CampaignError("$.identity.funnel.difficulty.mediumFrom", Expectation.Show(bands.MediumFrom), $"no more than easyFrom, which is {Expectation.Show(bands.EasyFrom)}"));
        }

        Check(identity.Environment.Locales, errors);
        Check(identity.Tasks, identity.Models.Builder is not null, errors);
    }

    private static void Check(IReadOnlyList<string> locales, List<CampaignError> errors)
    {
        for (var i = 0; i < locales.Count; i++)
        {
            if (LocaleCatalogue.Find(locales[i]) is null)
            {
                errors.Add(new CampaignError(string.Create(CultureInfo.InvariantCulture, $"$.identity.environment.locales[{i}]"), $"\"{locales[i]}\"", $"one of {LocaleCatalogue.Known}"));
            }
        }

        if (locales.Count == 0)
        {
            errors.Add(new CampaignError("$.identity.environment.locales", "nothing", "at least one to draw from"));
        }
    }

    /// <param name="hasBuilder">Whether a model words tasks.</param>
    private static void Check(TaskSettings tasks, bool hasBuilder, List<CampaignError> errors)
    {
        for (var i = 0; i < tasks.Languages.Count && !hasBuilder; i++)
        {
            if (!RequestManner.Knows(tasks.Languages[i]))
            {
                errors.Add(new CampaignError(
                    string.Create(CultureInfo.InvariantCulture, $"$.identity.tasks.languages[{i}]"), $"\"{tasks.Languages[i]}\"", "en or zh, which the embedded grammar has, or a model as identity.models.builder for any other language"));
            }
        }

        // Where the state decides, something is written: no task is of both kinds.
        if (tasks.ReadOnlyShare + tasks.ConditionalShare > 1)
        {
            errors.Add(new CampaignError(
                "$.identity.tasks.conditionalShare", Expectation.Show(tasks.ConditionalShare), $"no more than is left by readOnlyShare, which is {Expectation.Show(tasks.ReadOnlyShare)}"));
        }

        // A request that must not be served stands in a task of its own kind.
        if (tasks.AbstentionShare + tasks.ConditionalShare > 1)
        {
            errors.Add(new CampaignError(
                "$.identity.tasks.abstentionShare", Expectation.Show(tasks.AbstentionShare), $"no more than is left by conditionalShare, which is {Expectation.Show(tasks.ConditionalShare)}"));
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
