using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Json;
using AgentScaler.Tasks;

namespace AgentScaler.Datasets;

/// <summary>
/// An episode as a half of a pair: its messages as texts that are equal where the messages are, once by every word, once by their matter. Of the agent's messages the matter is the calls with
/// their arguments, of results all of it, of the user's <see cref="UserMatter"/>; ids of calls are no matter.
/// </summary>
internal sealed class PairThread
{
    private readonly HashSet<string> writes;
    private readonly List<string> words = [];
    private readonly List<string> matters = [];

    /// <summary>Reads an episode of a task.</summary>
    public PairThread(EpisodeRecord episode, Verdict verdict, TaskSpec task)
    {
        (Episode, Verdict) = (episode, verdict);
        writes = [.. episode.Calls.Where(call => call.RowsChanged > 0).Select(call => call.Id)];
        EpisodeMessage? before = null;
        foreach (var message in episode.Messages)
        {
            var deeds = string.Join('\n', Calls(message.ToolCalls ?? []));
            words.Add(string.Join('\0', message.Role, message.Content, message.ReasoningContent, message.Name, deeds));
            matters.Add(message.Role switch
            {
                "assistant" => message.Role + '\0' + deeds,
                "user" => message.Role + '\0' + UserMatter.Of(message.Content ?? string.Empty, before?.Content, task),
                _ => words[^1],
            });
            before = message;
        }
    }

    /// <summary>The episode.</summary>
    public EpisodeRecord Episode { get; }

    /// <summary>Its verdict.</summary>
    public Verdict Verdict { get; }

    /// <summary>Its messages by every word.</summary>
    public IReadOnlyList<string> Words => words;

    /// <summary>How many messages two episodes share in matter from the start.</summary>
    public int Shared(PairThread other) => Shared(matters, other.matters);

    /// <summary>How many messages two episodes share word for word from the start.</summary>
    public int SharedWords(PairThread other) => Shared(Words, other.Words);

    /// <summary>What the agent and its tools do from a message on, up to the user's next word.</summary>
    public IReadOnlyList<EpisodeMessage> Turn(int at) => [.. Episode.Messages.Skip(at).TakeWhile(message => message.Role != "user")];

    /// <summary>The calls of a turn with arguments and results: what was done, whatever was said.</summary>
    /// <param name="writesOnly">Whether only calls that changed rows count.</param>
    public IEnumerable<string> Deeds(int at, bool writesOnly)
    {
        bool Counts(string? id) => !writesOnly || (id is not null && writes.Contains(id));
        return Turn(at).SelectMany(message => message.Role == "tool"
            ? (Counts(message.ToolCallId) ? [message.Content ?? string.Empty] : Array.Empty<string>())
            : Calls([.. (message.ToolCalls ?? []).Where(call => Counts(call.Id))]));
    }

    private static int Shared(IReadOnlyList<string> left, IReadOnlyList<string> right) => left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();

    private static IEnumerable<string> Calls(IReadOnlyList<EpisodeToolCall> calls) => calls.Select(call => call.Name + " " + CanonicalJson.Write(call.Arguments));
}
