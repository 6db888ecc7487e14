using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Episodes;
using AgentScaler.Tasks;

namespace AgentScaler.Contracts;

/// <summary>
/// Stands in for models: what it replies depends on the transcript alone, and each reply costs, so it is counted. The agent adds notes, changes one back and
/// forth, drops one and asks for one that is not there.
/// </summary>
public sealed class NotesCast : ICast
{
    private static readonly AgentTurn[] Turns =
    [
        Turn(null, ("add_note", """{"text":"Milk"}"""), ("add_note", """{"text":"Milk"}""")),
        Turn("One more.", ("add_note", """{"text":"Milk"}""")),
        Turn("Added."),
        Turn(null, ("set_note", """{"note_id":"n1","text":"changed"}""")),
        Turn(null, ("set_note", """{"note_id":"n1","text":"first"}"""), ("drop_note", """{"note_id":"n2"}""")),
        Turn(null, ("drop_note", """{"note_id":"nothing"}""")),
        Turn(null, ("list_notes", "{}"), ("add_note", """{"text":"Milk"}""")),
        Turn("Done."),
    ];

    private static readonly string[] Words = ["Add milk, three times.", "Tidy up.", "###STOP###"];

    private readonly ConcurrentDictionary<string, int> asked = new(StringComparer.Ordinal);

    /// <summary>Replies of one episode.</summary>
    public static int Replies => Turns.Length + Words.Length;

    /// <summary>How often each reply was asked for.</summary>
    public IReadOnlyDictionary<string, int> Asked => asked;

    /// <summary>Called when a reply is asked for, with how many were before; may throw, or make the reply wait.</summary>
    public Func<int, Task> OnAsk { get; set; } = _ => Task.CompletedTask;

    public string Generator => "counted";

    public EpisodeParties Enter(TaskSpec task, int trial, Seed seed) => new(new User(this, seed.Path), new Agent(this, seed.Path), new FaultLog());

    private async Task AskAsync(string reply)
    {
        var before = asked.Values.Sum();
        asked.AddOrUpdate(reply, 1, (_, count) => count + 1);
        await OnAsk(before);
    }

    private static AgentTurn Turn(string? text, params (string Tool, string Arguments)[] calls) =>
        new(text, [.. calls.Select(call => new AgentCall(call.Tool, JsonElement.Parse(call.Arguments)))], text is null ? "Let me see." : null);

    private static int Count(IReadOnlyList<EpisodeMessage> messages, string role) => messages.Count(message => message.Role == role);

    private static string Name(string episode, string role, int number) => string.Create(CultureInfo.InvariantCulture, $"{episode} {role} {number}");

    private sealed class User(NotesCast cast, string episode) : IUser
    {
        public async ValueTask<UserTurn> SpeakAsync(IReadOnlyList<EpisodeMessage> conversation, CancellationToken cancellationToken)
        {
            var number = Count(conversation, "user");
            await cast.AskAsync(Name(episode, "user", number));
            return new UserTurn(Words[number]);
        }
    }

    private sealed class Agent(NotesCast cast, string episode) : IAgent
    {
        public async ValueTask<AgentTurn> ActAsync(IReadOnlyList<EpisodeMessage> transcript, CancellationToken cancellationToken)
        {
            var number = Count(transcript, "assistant");
            await cast.AskAsync(Name(episode, "agent", number));
            return Turns[number];
        }
    }
}
