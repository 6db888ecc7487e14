using AgentScaler.Determinism;
using AgentScaler.Tasks;

namespace AgentScaler.Episodes;

/// <summary>Provides the parties of episodes in one environment.</summary>
public interface ICast
{
    /// <summary>Who speaks: <c>scripted</c>, or <c>models</c> where any party is one.</summary>
    string Generator { get; }

    /// <summary>Who plays which role.</summary>
    EpisodeModels Models => EpisodeModels.Scripted;

    /// <summary>Fresh parties for one attempt; the same task, trial and seed give parties that behave the same.</summary>
    /// <param name="trial">0-based trial of the task.</param>
    EpisodeParties Enter(TaskSpec task, int trial, Seed seed);
}
