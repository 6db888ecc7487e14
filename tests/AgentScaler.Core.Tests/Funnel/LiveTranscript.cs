using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Funnel;

/// <summary>Writes a transcript whose calls are executed: results, changed rows and hashes are the environment's own.</summary>
internal sealed class LiveTranscript
{
    private readonly List<EpisodeMessage> messages;
    private readonly List<RecordedCall> calls = [];
    private readonly EnvironmentSession session;
    private readonly TaskSpec task;
    private int next;

    public LiveTranscript(EnvironmentEngine engine, LoadedEnvironment environment, TaskSpec task)
    {
        this.task = task;
        session = engine.Open(environment, new Seed(task.Seed), task.InitialChanges);
        messages = [new("system", environment.Package.Policy)];
    }

    public LiveTranscript User(string text) => Add(new("user", text));

    public LiveTranscript Agent(string text, string? reasoning = null) => Add(new("assistant", text, ReasoningContent: reasoning));

    public LiveTranscript Call(string tool, string arguments) => Calls((tool, arguments));

    /// <summary>Calls side by side in one message.</summary>
    public LiveTranscript Calls(params IReadOnlyList<(string Tool, string Arguments)> made)
    {
        var named = made.Select(call => new EpisodeToolCall($"call-{next++}", call.Tool, JsonElement.Parse(call.Arguments))).ToList();
        messages.Add(new("assistant", null, named));
        foreach (var call in named)
        {
            var result = session.Call(call.Name, call.Arguments);
            messages.Add(new("tool", result.Content, ToolCallId: call.Id, Name: call.Name));
            calls.Add(new(call.Id, call.Name, call.Arguments, result.Content, result.IsError, result.ErrorCode, result.RowsChanged, session.StateHash));
        }

        return this;
    }

    public EpisodeRecord End(Termination termination = Termination.UserStop) => new()
    {
        Id = "episode-live",
        Task = task.Id,
        Environment = task.Environment,
        Trial = 0,
        Seed = "1",
        Generator = "hand",
        Messages = termination == Termination.UserStop ? [.. messages, new("user", StopMarkers.Stop)] : [.. messages],
        Calls = [.. calls],
        Termination = termination,
        FinalHash = session.StateHash,
        Faults = [],
    };

    private LiveTranscript Add(EpisodeMessage message)
    {
        messages.Add(message);
        return this;
    }
}
