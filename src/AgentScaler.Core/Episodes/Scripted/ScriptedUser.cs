using AgentScaler.Determinism;

namespace AgentScaler.Episodes.Scripted;

/// <summary>Says the task's requests one after the other, consents when asked, says thanks now and then, and stops.</summary>
/// <param name="wantsAnswer">Whether a message of the agent asks for consent.</param>
internal sealed class ScriptedUser(EpisodeScript script, FaultLog faults, SeededRandom random, Func<string, bool> wantsAnswer) : IUser
{
    private int spoken;
    private bool thanked;

    /// <inheritdoc/>
    public ValueTask<UserTurn> SpeakAsync(IReadOnlyList<EpisodeMessage> conversation, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new UserTurn(Next(conversation)));

    /// <inheritdoc/>
    public async ValueTask RecallAsync(IReadOnlyList<EpisodeMessage> conversation, UserTurn said, CancellationToken cancellationToken) =>
        _ = await SpeakAsync(conversation, cancellationToken);

    private string Next(IReadOnlyList<EpisodeMessage> conversation)
    {
        if (conversation is [.., { Role: "assistant", Content: { } last }] && wantsAnswer(last))
        {
            return script.StopsAtQuestion ? StopEarly() : random.Pick(Phrases.Consents);
        }

        if (spoken < (script.Spoken ?? script.Requests.Count))
        {
            var opener = random.Pick(spoken == 0 ? Phrases.FirstOpeners : Phrases.NextOpeners);
            return opener + script.Requests[spoken++].Text + random.Pick(Phrases.Courtesies);
        }

        if (script.Spoken is not null)
        {
            return StopEarly();
        }

        if (script.Thanks && !thanked)
        {
            thanked = true;
            return random.Pick(Phrases.Thanks);
        }

        return StopMarkers.Stop;
    }

    private string StopEarly()
    {
        faults.Add(script.EarlyStop!);
        return StopMarkers.Stop;
    }
}
