namespace AgentScaler.Episodes;

/// <summary>The simulated user of one episode: a script or a model. Stateful; made anew for each attempt.</summary>
public interface IUser
{
    /// <summary>What the user says next; a text with one of the <see cref="StopMarkers"/> ends the episode.</summary>
    /// <param name="conversation">What the user has seen: user and assistant messages with text, never calls, results or the policy.</param>
    ValueTask<string> SpeakAsync(IReadOnlyList<EpisodeMessage> conversation, CancellationToken cancellationToken);
}
