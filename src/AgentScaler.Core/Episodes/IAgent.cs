namespace AgentScaler.Episodes;

/// <summary>The agent of one episode: a script or a model. Stateful; made anew for each attempt.</summary>
public interface IAgent
{
    /// <summary>The agent's next message.</summary>
    /// <param name="transcript">Everything so far: policy, user, own messages and tool results.</param>
    ValueTask<AgentTurn> ActAsync(IReadOnlyList<EpisodeMessage> transcript, CancellationToken cancellationToken);
}
