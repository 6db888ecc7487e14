using System.Text.Json;
using AgentScaler.Environments;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Funnel.Difficulty;
using AgentScaler.Json;
using AgentScaler.Tasks;
using AgentScaler.Tools;

namespace AgentScaler.Datasets;

/// <summary>Turns the judged episodes of one environment into canonical records.</summary>
public sealed class TrajectoryComposer
{
    private readonly EnvironmentPackage package;
    private readonly EnvironmentOutcome outcome;
    private readonly MatchMode mode;
    private readonly TrajectoryTool[] tools;
    private readonly long fixedSize;

    /// <summary>Prepares what all records of the environment share.</summary>
    public TrajectoryComposer(EnvironmentPackage package, EnvironmentOutcome outcome, MatchMode mode)
    {
        this.package = package;
        this.outcome = outcome;
        this.mode = mode;
        tools = [.. package.Tools.Select(tool => new TrajectoryTool(
            "function", new TrajectoryFunction(tool.Name, tool.Spec.Description, ToolSchemaText.Strip(tool.Spec.Parameters))))];
        Licences = LicencesOf(package);
        fixedSize = DatasetJson.Line(tools).Length + 1000;
    }

    /// <summary>The environment's tools, sorted by name.</summary>
    public IReadOnlyList<TrajectoryTool> Tools => tools;

    /// <summary>Licences of the environment's tools, sorted; <c>unspecified</c> where a document states none.</summary>
    public IReadOnlyList<string> Licences { get; }

    /// <summary>The record of an episode.</summary>
    /// <param name="difficulty">The task's.</param>
    public Trajectory Compose(EpisodeRecord episode, TaskSpec task, Verdict verdict, TaskDifficulty difficulty)
    {
        var reward = EpisodeFunnel.Reward(episode, task, package, mode);
        return new Trajectory
        {
            Messages = [.. WithoutStop(episode.Messages).Select(Message)],
            Tools = tools,
            Metadata = new TrajectoryMetadata
            {
                Generator = episode.Generator,
                Models = new TrajectoryModels(episode.Models.User, episode.Models.Agent),
                Prompts = episode.Models.Prompts,
                Usage = TrajectoryUsage.Of(episode.Usage),
                Environment = episode.Environment,
                Domain = outcome.Domain,
                DomainName = outcome.DomainName,
                Task = episode.Task,
                Episode = episode.Id,
                Trial = episode.Trial,
                Seeds = new TrajectorySeeds(task.Seed, episode.Seed),
                Reward = new TrajectoryReward(reward.State, reward.Match, reward.Outputs),
                Funnel = new TrajectoryFunnel(verdict.Kept, task.IsReadOnly ? "calls" : "state"),
                Difficulty = new TrajectoryDifficulty(difficulty.Trials, difficulty.Passed, EnumWord.Of(difficulty.Band)),
                ToolErrors = episode.Calls.Count(call => call.IsError),
                Faults = [.. episode.Faults.Select(fault => new TrajectoryFault(
                    EnumWord.Of(fault.Kind), fault.GoldCall ?? -1, fault.Detail))],
                ToolFault = TrajectoryToolFault.Of(episode.ToolFault),
                Licences = Licences,
            },
            Verdict = verdict.Kept ? null : new TrajectoryVerdict(verdict.Stage!.Value, verdict.Reason!, verdict.Attribution!.Value, verdict.Detail!),
        };
    }

    /// <summary>About how many characters the record will have; to plan memory, not to count.</summary>
    public long EstimateSize(EpisodeRecord episode) => fixedSize + episode.Messages.Sum(message =>
        150 + (message.Content?.Length ?? 0) + (message.ReasoningContent?.Length ?? 0)
        + (message.ToolCalls?.Sum(call => 150L + call.Arguments.GetRawText().Length) ?? 0));

    /// <summary>The user's stop is a signal of the simulation, not something to learn from; without it the assistant has the last word.</summary>
    private static IEnumerable<EpisodeMessage> WithoutStop(IReadOnlyList<EpisodeMessage> messages) =>
        messages is [.., { Role: "user", Content: { } last }] && StopMarkers.Find(last) is not null ? messages.SkipLast(1) : messages;

    /// <summary>A message as records hold it.</summary>
    internal static TrajectoryMessage Message(EpisodeMessage message) => new()
    {
        Role = message.Role,
        Content = message.Content,
        ReasoningContent = message.ReasoningContent,
        ToolCalls = message.ToolCalls is not { Count: > 0 } calls
            ? null
            : [.. calls.Select(call => new TrajectoryToolCall(call.Id, "function", new TrajectoryFunctionCall(call.Name, Arguments(call.Arguments))))],
        ToolCallId = message.ToolCallId,
        Name = message.Name,
        Train = message.Role == "assistant",
    };

    /// <summary>Arguments are an object on every row; only rejected episodes have other ones.</summary>
    private static JsonElement Arguments(JsonElement arguments) => arguments.ValueKind == JsonValueKind.Object
        ? arguments
        : JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { ["malformed_arguments"] = arguments });

    private static string[] LicencesOf(EnvironmentPackage package) =>
        [.. package.Tools.Select(tool => tool.Spec.Source.Licence is { Length: > 0 } licence ? licence : "unspecified")
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
