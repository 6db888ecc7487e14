using AgentScaler.Environments.Engine;
using AgentScaler.Episodes.Checkpoints;
using AgentScaler.Telemetry;

namespace AgentScaler.Episodes;

/// <summary>User, agent and environment taking turns, one reply after the other: new ones, or those that were kept of an earlier run.</summary>
internal sealed class Conversation(EnvironmentSession session, EpisodeParties parties, TranscriptWriter transcript, EpisodeSettings settings)
{
    private bool isUsersTurn = true;
    private int steps;
    private int errors;

    /// <summary>What has been said and done.</summary>
    public TranscriptWriter Transcript => transcript;

    /// <summary>Has whoever's turn it is reply, and makes the calls.</summary>
    /// <returns>The reply, and why the episode ends with it; null if it goes on.</returns>
    /// <exception cref="EpisodeAbortedException">A call hit a limit of the runtime.</exception>
    public async Task<(EpisodeReply Reply, Termination? End)> ContinueAsync(CancellationToken cancellationToken)
    {
        if (isUsersTurn)
        {
            string said;
            using (EpisodeSpan.StartTurn("user"))
            {
                said = await parties.User.SpeakAsync(transcript.Conversation, cancellationToken);
            }

            return (new EpisodeReply(said, null, null), Hear(said));
        }

        AgentTurn turn;
        using (EpisodeSpan.StartTurn("agent"))
        {
            turn = await parties.Agent.ActAsync(transcript.Messages, cancellationToken);
        }

        var outcomes = new List<CallOutcome>(turn.Calls.Count);
        var end = Take(turn, (call, _) =>
        {
            using var span = EpisodeSpan.StartTool(call.Name, call.Id);
            outcomes.Add(new CallOutcome(session.Call(call.Name, call.Arguments), session.StateHash));
            return outcomes[^1];
        });
        return (new EpisodeReply(null, turn, outcomes.Count > 0 ? outcomes : null), end);
    }

    /// <summary>Takes a reply that was kept: its party takes note of it, its calls are not made again.</summary>
    public async Task<Termination?> RecallAsync(EpisodeReply reply, CancellationToken cancellationToken)
    {
        if (reply.Said is { } said)
        {
            await parties.User.RecallAsync(transcript.Conversation, said, cancellationToken);
            return Hear(said);
        }

        await parties.Agent.RecallAsync(transcript.Messages, reply.Turn!, cancellationToken);
        return Take(reply.Turn!, (_, index) => reply.Results![index]);
    }

    private Termination? Hear(string said)
    {
        transcript.AddUser(said);
        isUsersTurn = false;
        return StopMarkers.Find(said) is not null ? Termination.UserStop : EndOfSteps();
    }

    private Termination? Take(AgentTurn turn, Func<EpisodeToolCall, int, CallOutcome> outcomeOf)
    {
        steps++;
        var calls = transcript.AddAgent(turn);
        for (var i = 0; i < calls.Count; i++)
        {
            var (result, hash) = outcomeOf(calls[i], i);
            transcript.AddResult(calls[i], result, hash);
            errors = result.IsError ? errors + 1 : 0;
        }

        isUsersTurn = calls.Count == 0;
        return errors >= settings.MaximumToolErrors ? Termination.ToolErrors : isUsersTurn ? null : EndOfSteps();
    }

    private Termination? EndOfSteps() => steps >= settings.MaximumSteps ? Termination.MaximumSteps : null;
}
