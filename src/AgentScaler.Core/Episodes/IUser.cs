namespace AgentScaler.Episodes;

/// <summary>The simulated user of one episode: a script or a model. Stateful; made anew for each attempt.</summary>
public interface IUser
{
    /// <summary>What the user says next; a text with one of the <see cref="StopMarkers"/> ends the episode.</summary>
    /// <param name="conversation">What the user has seen: user and assistant messages with text, never calls, results or the policy.</param>
    ValueTask<UserTurn> SpeakAsync(IReadOnlyList<EpisodeMessage> conversation, CancellationToken cancellationToken);

    /// <summary>
    /// Takes note of what it said before the episode was broken off, so that it goes on as if it had said it now. Nothing to do for a user who goes by the
    /// conversation alone.
    /// </summary>
    /// <param name="conversation">What the user had seen by then.</param>
    ValueTask RecallAsync(IReadOnlyList<EpisodeMessage> conversation, UserTurn said, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
