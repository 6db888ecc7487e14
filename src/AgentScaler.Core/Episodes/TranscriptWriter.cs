using System.Globalization;
using AgentScaler.Determinism;
using AgentScaler.Environments;

namespace AgentScaler.Episodes;

/// <summary>Writes an episode down while it happens.</summary>
internal sealed class TranscriptWriter
{
    private readonly string episode;
    private readonly List<EpisodeMessage> messages = [];
    private readonly List<EpisodeMessage> conversation = [];
    private readonly List<RecordedCall> calls = [];
    private int nextCall;

    public TranscriptWriter(string episode, string policy)
    {
        this.episode = episode;
        messages.Add(new EpisodeMessage("system", policy));
    }

    /// <summary>Everything, as the agent sees it.</summary>
    public IReadOnlyList<EpisodeMessage> Messages => messages;

    /// <summary>What the user has seen.</summary>
    public IReadOnlyList<EpisodeMessage> Conversation => conversation;

    public IReadOnlyList<RecordedCall> Calls => calls;

    public void AddUser(string text)
    {
        var message = new EpisodeMessage("user", text);
        messages.Add(message);
        conversation.Add(message);
    }

    /// <summary>Adds the agent's message and names its calls.</summary>
    public IReadOnlyList<EpisodeToolCall> AddAgent(AgentTurn turn)
    {
        var named = turn.Calls.Select(call => new EpisodeToolCall(
            ContentId.Of("call", episode, (nextCall++).ToString(CultureInfo.InvariantCulture)), call.Tool, call.Arguments)).ToArray();
        messages.Add(new EpisodeMessage("assistant", turn.Text, named.Length > 0 ? named : null, ReasoningContent: turn.ReasoningContent));
        if (turn.Text is not null)
        {
            conversation.Add(new EpisodeMessage("assistant", turn.Text));
        }

        return named;
    }

    public void AddResult(EpisodeToolCall call, ToolResult result, string stateHash)
    {
        messages.Add(new EpisodeMessage("tool", result.Content, ToolCallId: call.Id, Name: call.Name));
        calls.Add(new RecordedCall(
            call.Id, call.Name, call.Arguments, result.Content, result.IsError, result.ErrorCode, result.RowsChanged, stateHash));
    }
}
