using AgentScaler.Determinism;
using AgentScaler.Tasks;

namespace AgentScaler.Episodes;

/// <summary>Provides the parties of episodes in one environment.</summary>
public interface ICast
{
    /// <summary>Who speaks: <c>scripted</c>, or the models per role.</summary>
    string Generator { get; }

    /// <summary>Fresh parties for one attempt; the same task and seed give parties that behave the same.</summary>
    EpisodeParties Enter(TaskSpec task, Seed seed);
}
