using AgentScaler.Episodes.Scripted;

namespace AgentScaler.Episodes;

/// <summary>Who played which role of an episode.</summary>
/// <param name="User">A model's name, or <c>scripted</c>.</param>
/// <param name="Agent">A model's name, or <c>scripted</c>.</param>
/// <param name="Prompts">Names and versions of the prompts, e.g. <c>agent@1</c>, sorted.</param>
public sealed record EpisodeModels(string User, string Agent, IReadOnlyList<string> Prompts)
{
    /// <summary>No role was a model's.</summary>
    public static readonly EpisodeModels Scripted = new(ScriptedCast.Scripted, ScriptedCast.Scripted, []);
}
