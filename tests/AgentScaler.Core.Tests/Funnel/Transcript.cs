using AgentScaler.Core.Tests.Environments;
using AgentScaler.Episodes;

namespace AgentScaler.Core.Tests.Funnel;

/// <summary>Writes a transcript by hand, line by line.</summary>
internal sealed class Transcript
{
    private readonly List<EpisodeMessage> messages = [new("system", "policy")];
    private readonly List<RecordedCall> calls = [];

    public Transcript User(string text) => Add(new EpisodeMessage("user", text));

    public Transcript Agent(string text) => Add(new EpisodeMessage("assistant", text));

    /// <summary>A call and its result.</summary>
    public Transcript Call(string tool, string arguments, string result, int rowsChanged = 0, string? errorCode = null)
    {
        var call = Announce(tool, arguments);
        calls.Add(new RecordedCall(call.Id, tool, call.Arguments, result, errorCode is not null, errorCode, rowsChanged, "hash"));
        return Add(new EpisodeMessage("tool", result, ToolCallId: call.Id, Name: tool));
    }

    /// <summary>A call without a result.</summary>
    public Transcript CallWithoutResult(string tool, string arguments)
    {
        Announce(tool, arguments);
        return this;
    }

    public Transcript Add(EpisodeMessage message)
    {
        messages.Add(message);
        return this;
    }

    public EpisodeRecord End(string task, string finalHash, Termination termination = Termination.UserStop, string stop = "###STOP###") => new()
    {
        Id = "episode-by-hand",
        Task = task,
        Environment = "env-library",
        Trial = 0,
        Seed = "1",
        Generator = "hand",
        Messages = termination == Termination.UserStop ? [.. messages, new EpisodeMessage("user", stop)] : [.. messages],
        Calls = calls,
        Termination = termination,
        FinalHash = finalHash,
        Faults = [],
    };

    private EpisodeToolCall Announce(string tool, string arguments)
    {
        var call = new EpisodeToolCall($"call-{messages.Count}", tool, LibraryEnvironment.Json(arguments));
        messages.Add(new EpisodeMessage("assistant", null, [call]));
        return call;
    }
}
