using AgentScaler.Graphs.Verification;
using AgentScaler.Tools.Refinement;

namespace AgentScaler.Environments.Materialisation.Modelled;

/// <summary>The prompts by which a model prepares a domain and makes its environment.</summary>
public static class EnvironmentPrompts
{
    /// <summary>Names and versions, in the order they are used.</summary>
    public static IReadOnlyList<string> Ids =>
        [ToolRefiner.Prompt.Id, EdgeVerifier.Prompt.Id, SchemaQuestion.Prompt.Id, ProgramQuestion.Prompt.Id, PolicyQuestion.Prompt.Id, RepairText.Prompt.Id];
}
