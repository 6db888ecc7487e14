using AgentScaler.Environments.Engine;
using AgentScaler.Episodes.Checkpoints;
using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Models;
using AgentScaler.Telemetry;

namespace AgentScaler.Episodes;

/// <summary>User, agent and environment taking turns, one reply after the other: new ones, or those that were kept of an earlier run.</summary>
internal sealed class Conversation(EnvironmentSession session, EpisodeParties parties, TranscriptWriter transcript, EpisodeSettings settings, ToolFault? fault = null)
{
    private readonly ToolFaultCounter failures = new(fault);
    private bool isUsersTurn = true;
    private int steps;
    private int errors;

    /// <summary>What has been said and done.</summary>
    public TranscriptWriter Transcript => transcript;

    /// <summary>What the parties took so far; null if no reply was a model's.</summary>
    public EpisodeUsage? Usage { get; private set; }

    /// <summary>Why a party had no reply; null if all had.</summary>
    public string? Failure { get; private set; }

    /// <summary>Has whoever's turn it is reply, and makes the calls.</summary>
    /// <returns>The reply, and why the episode ends with it; null if it goes on.</returns>
    /// <exception cref="EpisodeAbortedException">A call hit a limit of the runtime.</exception>
    public async Task<(EpisodeReply Reply, Termination? End)> ContinueAsync(CancellationToken cancellationToken)
    {
        try
        {
            return isUsersTurn ? await HearAsync(cancellationToken) : await ActAsync(cancellationToken);
        }
        catch (PartyFailedException e)
        {
            return (new EpisodeReply(null, null, null, e.Failure), Fail(e.Failure));
        }
    }

    /// <summary>Takes a reply that was kept: its party takes note of it, its calls are not made again.</summary>
    public async Task<Termination?> RecallAsync(EpisodeReply reply, CancellationToken cancellationToken)
    {
        if (reply.Failure is { } failure)
        {
            return Fail(failure);
        }

        if (reply.Said is { } said)
        {
            await parties.User.RecallAsync(transcript.Conversation, said, cancellationToken);
            return Hear(said);
        }

        await parties.Agent.RecallAsync(transcript.Messages, reply.Turn!, cancellationToken);
        return Take(reply.Turn!, (call, index) =>
        {
            failures.Next(call.Name);
            return reply.Results![index];
        });
    }

    private async Task<(EpisodeReply Reply, Termination? End)> HearAsync(CancellationToken cancellationToken)
    {
        UserTurn said;
        using (EpisodeSpan.StartTurn("user"))
        {
            said = await parties.User.SpeakAsync(transcript.Conversation, cancellationToken);
        }

        return (new EpisodeReply(said, null, null), Hear(said));
    }

    private async Task<(EpisodeReply Reply, Termination? End)> ActAsync(CancellationToken cancellationToken)
    {
        AgentTurn turn;
        using (EpisodeSpan.StartTurn("agent"))
        {
            turn = await parties.Agent.ActAsync(transcript.Messages, cancellationToken);
        }

        var outcomes = new List<CallOutcome>(turn.Calls.Count);
        var end = Take(turn, (call, _) =>
        {
            using var span = EpisodeSpan.StartTool(call.Name, call.Id);
            outcomes.Add(new CallOutcome(failures.Next(call.Name) ?? session.Call(call.Name, call.Arguments), session.StateHash));
            return outcomes[^1];
        });
        return (new EpisodeReply(null, turn, outcomes.Count > 0 ? outcomes : null), end);
    }

    private Termination? Hear(UserTurn said)
    {
        Count(said.Usage, null);
        transcript.AddUser(said.Text);
        isUsersTurn = false;
        return StopMarkers.Find(said.Text) is not null ? Termination.UserStop : EndOfSteps();
    }

    private Termination? Take(AgentTurn turn, Func<EpisodeToolCall, int, CallOutcome> outcomeOf)
    {
        steps++;
        Count(null, turn.Usage);
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

    private Termination Fail(PartyFailure failure)
    {
        Failure = failure.Reason;
        Count(isUsersTurn ? failure.Usage : null, isUsersTurn ? null : failure.Usage);
        return isUsersTurn ? Termination.UserFailed : Termination.AgentFailed;
    }

    private void Count(ModelUsage? user, ModelUsage? agent)
    {
        if (user is not null || agent is not null)
        {
            var before = Usage ?? EpisodeUsage.None;
            Usage = new EpisodeUsage(before.User + (user ?? ModelUsage.None), before.Agent + (agent ?? ModelUsage.None));
        }
    }

    private Termination? EndOfSteps() => steps >= settings.MaximumSteps ? Termination.MaximumSteps : null;
}
