using AgentScaler.Determinism;

namespace AgentScaler.Episodes.Scripted;

/// <summary>Says the task's requests one after the other, consents when asked, says thanks now and then, and stops.</summary>
internal sealed class ScriptedUser(EpisodeScript script, FaultLog faults, SeededRandom random) : IUser
{
    private int spoken;
    private bool thanked;

    /// <inheritdoc/>
    public ValueTask<string> SpeakAsync(IReadOnlyList<EpisodeMessage> conversation, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Next(conversation));

    /// <inheritdoc/>
    public async ValueTask RecallAsync(IReadOnlyList<EpisodeMessage> conversation, string said, CancellationToken cancellationToken) =>
        _ = await SpeakAsync(conversation, cancellationToken);

    private string Next(IReadOnlyList<EpisodeMessage> conversation)
    {
        if (conversation is [.., { Role: "assistant", Content: { } last }] && last.EndsWith('?'))
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
