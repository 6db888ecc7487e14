using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Tasks.Wording;

/// <summary>What a status tool does.</summary>
/// <param name="Verb">The verb in its name, in words; null if it has none.</param>
/// <param name="Field">The field it sets, in words.</param>
/// <param name="To">What it sets it to, in words.</param>
internal sealed record StatusDeed(string? Verb, string Field, string To)
{
    /// <summary>The deed of a tool with a status.</summary>
    public static StatusDeed Of(PackageTool tool) =>
        new(StatusWords.In(tool.Name), SpokenWords.Plain(tool.Binding.Status!.Field), SpokenWords.Plain(tool.Binding.Status.To));
}
