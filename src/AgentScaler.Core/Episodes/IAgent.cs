namespace AgentScaler.Episodes;

/// <summary>The agent of one episode: a script or a model. Stateful; made anew for each attempt.</summary>
public interface IAgent
{
    /// <summary>The agent's next message.</summary>
    /// <param name="transcript">Everything so far: policy, user, own messages and tool results.</param>
    ValueTask<AgentTurn> ActAsync(IReadOnlyList<EpisodeMessage> transcript, CancellationToken cancellationToken);

    /// <summary>
    /// Takes note of a turn it took before the episode was broken off, so that it goes on as if it had taken it now. Nothing to do for an agent that goes by
    /// the transcript alone.
    /// </summary>
    /// <param name="transcript">Everything up to that turn.</param>
    ValueTask RecallAsync(IReadOnlyList<EpisodeMessage> transcript, AgentTurn turn, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
