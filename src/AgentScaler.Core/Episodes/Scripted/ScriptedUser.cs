using AgentScaler.Determinism;
using AgentScaler.Tasks.Wording;

namespace AgentScaler.Episodes.Scripted;

/// <summary>Says the task's requests one after the other, gives or withholds what it left out when asked for it, consents when asked, says thanks now and then, and stops.</summary>
/// <param name="wantsAnswer">Whether a message of the agent asks for consent.</param>
internal sealed class ScriptedUser(EpisodeScript script, FaultLog faults, SeededRandom random, Func<string, bool> wantsAnswer) : IUser
{
    private readonly Phrases phrases = Phrases.Of(script.Manner);
    private int spoken;
    private int answered;
    private bool strayed;
    private bool thanked;

    /// <inheritdoc/>
    public ValueTask<UserTurn> SpeakAsync(IReadOnlyList<EpisodeMessage> conversation, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new UserTurn(Next(conversation)));

    /// <inheritdoc/>
    public async ValueTask RecallAsync(IReadOnlyList<EpisodeMessage> conversation, UserTurn said, CancellationToken cancellationToken) =>
        _ = await SpeakAsync(conversation, cancellationToken);

    private string Next(IReadOnlyList<EpisodeMessage> conversation)
    {
        if (conversation is [.., { Role: "assistant", Content: { } last }])
        {
            if (spoken > answered && script.Requests[spoken - 1].Abstention?.Withheld is { } withheld && AgentQuestion.AsksFor(last, withheld.Name))
            {
                answered = spoken;
                return script.StopsAtQuestion ? StopEarly() : withheld.Answer;
            }

            if (wantsAnswer(last))
            {
                return script.StopsAtQuestion ? StopEarly() : random.Pick(phrases.Consents);
            }

            if (spoken == script.Requests.Count && script.Requests[^1].HandsOver && AgentRefusal.HandsOver(last))
            {
                return StopMarkers.Transfer;
            }
        }

        if (spoken < (script.Spoken ?? script.Requests.Count))
        {
            return Request(IsSober(conversation));
        }

        if (script.Spoken is not null)
        {
            return StopEarly();
        }

        if (script.Thanks && !thanked)
        {
            thanked = true;
            return random.Pick(IsSober(conversation) ? phrases.SoberThanks : phrases.Thanks);
        }

        return StopMarkers.Stop;
    }

    /// <summary>Whether the last request came to nothing, or not to all.</summary>
    private bool IsSober(IReadOnlyList<EpisodeMessage> conversation) =>
        spoken > 0 && (script.Requests[spoken - 1].Abstention is { EndsInRefusal: true } || (conversation is [.., { Role: "assistant", Content: { } last }] && AgentFailure.Is(last)));

    private string Request(bool isSober)
    {
        var style = script.Manner?.Style ?? RequestStyle.Plain;
        var request = script.Requests[spoken];
        var opener = random.Pick(isSober ? phrases.SoberOpeners : spoken > 0 ? phrases.NextOpeners : strayed ? [""] : phrases.OpenersOf(style));
        if (request.Detour is { } detour && spoken == 0 && !strayed)
        {
            strayed = true;
            return opener + detour.Asked;
        }

        var persona = spoken == 0 && script.Manner?.Persona is { } who ? phrases.Introduction.Replace("{0}", who, StringComparison.Ordinal) : "";
        spoken++;
        if (request.UserFault is { } fault)
        {
            faults.Add(fault);
        }

        return opener + persona + request.Text + random.Pick(phrases.CourtesiesOf(style));
    }

    private string StopEarly()
    {
        faults.Add(script.EarlyStop!);
        return StopMarkers.Stop;
    }
}
