using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AgentScaler.Tools.Yaml;

/// <summary>
/// The events of a YAML stream one by one. Nodes with an anchor are recorded as they pass, so that an alias can play them again.
/// </summary>
internal sealed class YamlEvents(IParser parser)
{
    /// <summary>Most events that all aliases of a document may play: small documents of aliases on aliases unfold without end.</summary>
    private const int MaximumReplayed = 1_000_000;

    private readonly List<ParsingEvent> recorded = [];
    private readonly Dictionary<string, (int Start, int End)> anchors = new(StringComparer.Ordinal);
    private readonly Stack<(int Next, int End)> replays = new();
    private int recordings;
    private int replayed;

    /// <summary>The next event. The parser ends every stream with an event of its own, so there always is one where a node may stand.</summary>
    public ParsingEvent Next()
    {
        if (replays.TryPop(out var replay))
        {
            replays.Push((replay.Next + 1, replay.End));
            return recorded[replay.Next];
        }

        if (!parser.MoveNext())
        {
            throw new YamlException(parser.Current?.End ?? Mark.Empty, parser.Current?.End ?? Mark.Empty, "the stream ends too early");
        }

        if (recordings > 0)
        {
            recorded.Add(parser.Current!);
        }

        return parser.Current!;
    }

    /// <summary>Forgets the anchors: each document has its own.</summary>
    public void StartDocument()
    {
        anchors.Clear();
        recorded.Clear();
        replayed = 0;
    }

    /// <summary>Starts recording at a node that was just read.</summary>
    /// <returns>Where the recording starts.</returns>
    public int StartRecording(ParsingEvent node)
    {
        if (replays.Count == 0 && recordings++ == 0)
        {
            recorded.Add(node);
        }

        return replays.Count == 0 ? recorded.Count - 1 : replays.Peek().Next - 1;
    }

    /// <summary>Ends recording after the node's last event.</summary>
    /// <returns>Where the recording ends.</returns>
    public int EndRecording()
    {
        if (replays.Count > 0)
        {
            return replays.Peek().Next;
        }

        recordings--;
        return recorded.Count;
    }

    /// <summary>Names a recording.</summary>
    public void Name(string anchor, int start, int end) => anchors[anchor] = (start, end);

    /// <summary>What an alias stands for, or the reason why it can't be played.</summary>
    public (int Start, int End)? Find(string anchor, out string fault)
    {
        fault = "";
        if (!anchors.TryGetValue(anchor, out var recording))
        {
            fault = $"alias '*{anchor}' without an anchor before it, or within what it stands for";
            return null;
        }

        replayed += recording.End - recording.Start;
        if (replayed > MaximumReplayed)
        {
            fault = $"alias '*{anchor}' after aliases that unfold to more than {MaximumReplayed} nodes";
            return null;
        }

        return recording;
    }

    /// <summary>Plays a recording: the next events come from it.</summary>
    public void Play((int Start, int End) recording) => replays.Push((recording.Start, recording.End));

    /// <summary>Ends a recording that was played to its end.</summary>
    public void Stop() => replays.Pop();
}
