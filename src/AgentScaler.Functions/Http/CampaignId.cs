using System.Text.RegularExpressions;
using AgentScaler.Campaigns;

namespace AgentScaler.Functions;

/// <summary>The id a campaign is started under: 1-64 characters of <c>a-z</c>, <c>0-9</c> and <c>-</c>.</summary>
internal static partial class CampaignId
{
    private const string InstancePrefix = "campaign-";

    /// <summary>What is wrong with it, or null.</summary>
    public static CampaignError? Fault(string id) =>
        Pattern().IsMatch(id) ? null : new CampaignError("id", $"'{id}'", "1-64 characters of a-z, 0-9 and '-'");

    /// <summary>The instance's id on Durable Functions.</summary>
    public static string InstanceOf(string id) => InstancePrefix + id;

    /// <summary>The campaign's id of an instance.</summary>
    public static string Of(string instanceId) => instanceId[InstancePrefix.Length..];

    /// <summary>Where campaigns' instances, and their pages', begin.</summary>
    public static string Prefix => InstancePrefix;

    [GeneratedRegex(@"\A[a-z0-9-]{1,64}\z")]
    private static partial Regex Pattern();
}
