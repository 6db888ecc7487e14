using System.Diagnostics;
using AgentScaler.Episodes;
using AgentScaler.Tasks;

namespace AgentScaler.Telemetry;

/// <summary>The span of one episode, and below it those of its turns and tool calls, named by the GenAI conventions of OpenTelemetry.</summary>
internal sealed class EpisodeSpan : IDisposable
{
    private readonly Activity? activity;

    private EpisodeSpan(Activity? activity) => this.activity = activity;

    /// <summary>Starts the span of an episode.</summary>
    public static EpisodeSpan Start(string id, TaskSpec task, int trial)
    {
        var activity = PipelineTelemetry.Source.StartActivity("episode");
        activity?.SetTag("agentscaler.episode", id).SetTag("agentscaler.task", task.Id).SetTag("agentscaler.environment", task.Environment).SetTag("agentscaler.trial", trial);
        return new EpisodeSpan(activity);
    }

    /// <summary>Starts the span of a turn of the user or the agent.</summary>
    public static Activity? StartTurn(string party)
    {
        var turn = PipelineTelemetry.Source.StartActivity("chat " + party, ActivityKind.Client);
        return turn?.SetTag("gen_ai.operation.name", "chat").SetTag("gen_ai.agent.name", party);
    }

    /// <summary>Starts the span of a tool call.</summary>
    public static Activity? StartTool(string tool, string call)
    {
        var span = PipelineTelemetry.Source.StartActivity("execute_tool " + tool);
        return span?.SetTag("gen_ai.operation.name", "execute_tool").SetTag("gen_ai.tool.name", tool).SetTag("gen_ai.tool.call.id", call);
    }

    /// <summary>Says how the episode ended, and counts it.</summary>
    public EpisodeRecord End(EpisodeRecord episode)
    {
        activity?.SetTag("agentscaler.termination", episode.Termination.ToString()).SetTag("agentscaler.calls", episode.Calls.Count);
        PipelineTelemetry.Episodes.Add(1, new TagList { { "agentscaler.generator", episode.Generator }, { "agentscaler.termination", episode.Termination.ToString() } });
        return episode;
    }

    /// <inheritdoc/>
    public void Dispose() => activity?.Dispose();
}
