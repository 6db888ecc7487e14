using System.Text.Json;
using AgentScaler.Campaigns;
using AgentScaler.Core.Tests.Environments.Materialisation.Modelled;
using AgentScaler.Core.Tests.Models;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Episodes.Modelled;
using AgentScaler.Episodes.Scripted;
using AgentScaler.ModelServers.Chat;
using AgentScaler.Storage;
using AgentScaler.Tasks;

namespace AgentScaler.Cli.Tests.Models;

/// <summary>
/// Answers as our scripted user and agent would: it knows the episode by the sampling seed, and plays its party again up to the reply that is asked for. Tasks and environments are those
/// of the campaign's folder.
/// </summary>
internal sealed class ScriptedBrain : IDisposable
{
    public const string UserModel = "user-model";
    public const string AgentModel = "agent-model";
    public const string JudgeModel = "judge-model";

    public const string BuilderModel = "builder-model";

    private readonly string folder;
    private readonly long seed;
    private readonly int trials;
    private readonly EnvironmentEngine engine = new(new EngineOptions(), TimeProvider.System);
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly HashSet<string> read = new(StringComparer.Ordinal);
    private readonly Dictionary<long, (ScriptedCast Cast, TaskSpec Task, int Trial, Seed Seed)> episodes = [];

    /// <param name="folder">The campaign's folder.</param>
    /// <param name="seed">The campaign's seed.</param>
    public ScriptedBrain(string folder, long seed, int trials) => (this.folder, this.seed, this.trials) = (folder, seed, trials);

    /// <summary>Environments that a builder makes again; empty where nobody asks one.</summary>
    public IReadOnlyList<EnvironmentPackage> Built { get; set; } = [];

    public async ValueTask<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        if (request.Model == BuilderModel)
        {
            return Build(request);
        }

        if (request.Model == JudgeModel)
        {
            return ChatAnswer.Text("""{"fault":"none","message":0,"reason":"The user said what it was told."}""");
        }

        var parties = await EnterAsync(request.Seed!.Value, cancellationToken);
        return request.Model == UserModel ? await SpeakAsync(parties.User, request) : await ActAsync(parties.Agent, request);
    }

    public void Dispose()
    {
        engine.Dispose();
        gate.Dispose();
    }

    /// <summary>Answers as for the environment most of whose tools the question names.</summary>
    private ChatAnswer Build(ChatRequest request)
    {
        using var body = JsonDocument.Parse(request.Body);
        var name = body.RootElement.GetProperty("response_format").GetProperty("json_schema").GetProperty("name").GetString()!;
        var question = new Asked(name, request.Messages[0].Content!, request.Messages[1].Content!, [.. request.Messages.Select(message => new Microsoft.Extensions.AI.ChatMessage(new(message.Role), message.Content))]);
        var package = Built.MaxBy(package => package.Tools.Count(tool => question.Text.Contains($"\"{tool.Name}\"", StringComparison.Ordinal)))!;
        return ChatAnswer.Text(EmbeddedBrain.Answer(question, package) ?? string.Empty);
    }

    private static async Task<ChatAnswer> SpeakAsync(IUser user, ChatRequest request)
    {
        // The system's message and the assistant's greeting are no part of the episode.
        var conversation = request.Messages.Skip(2).Select(message => new EpisodeMessage(message.Role == "assistant" ? "user" : "assistant", message.Content)).ToList();
        for (var i = 0; i < conversation.Count; i++)
        {
            if (conversation[i].Role == "user")
            {
                await user.SpeakAsync([.. conversation.Take(i)], CancellationToken.None);
            }
        }

        return ChatAnswer.Text((await user.SpeakAsync(conversation, CancellationToken.None)).Text);
    }

    private static async Task<ChatAnswer> ActAsync(IAgent agent, ChatRequest request)
    {
        var transcript = request.Messages.Select(message => new EpisodeMessage(message.Role, message.Content, ToolCallId: message.ToolCallId)).ToList();
        AgentTurn turn;
        try
        {
            for (var i = 0; i < transcript.Count; i++)
            {
                if (transcript[i].Role == "assistant")
                {
                    await agent.ActAsync([.. transcript.Take(i)], CancellationToken.None);
                }
            }

            turn = await agent.ActAsync(transcript, CancellationToken.None);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException or KeyNotFoundException)
        {
            // Faults on the way have led where the script knows no further.
            return ChatAnswer.Text("I am sorry, I have lost track of this.");
        }

        return new ChatAnswer
        {
            Content = turn.Text,
            Reasoning = turn.ReasoningContent,
            ToolCalls = [.. turn.Calls.Select((call, i) => new ChatCall($"call_{transcript.Count}_{i}", call.Tool, JsonSerializer.Serialize(call.Arguments)))],
        };
    }

    private async Task<EpisodeParties> EnterAsync(long sampling, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!episodes.ContainsKey(sampling))
            {
                await ReadAsync(cancellationToken);
            }

            var (cast, task, trial, episode) = episodes[sampling];
            return cast.Enter(task, trial, episode);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Reads the tasks that have been made since.</summary>
    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        using var artifacts = new FolderArtifactStore(Path.Combine(folder, "artifacts"));
        var environments = await CampaignEnvironment.ListAsync(artifacts, cancellationToken);
        await foreach (var name in artifacts.ListAsync("steps/tasks.build/", cancellationToken))
        {
            if (!name.EndsWith("/tasks.jsonl", StringComparison.Ordinal) || !read.Add(name))
            {
                continue;
            }

            ScriptedCast? cast = null;
            await foreach (var task in artifacts.ReadLinesAsync<TaskSpec>(name, cancellationToken))
            {
                cast ??= await CastAsync(artifacts, environments.First(built => built.Outcome.Environment == task.Environment), cancellationToken);
                for (var trial = 0; trial < trials; trial++)
                {
                    var episode = Seed.Root(seed).Child("episodes").Child(task.Id).Child(trial);
                    episodes[ModelCast.SamplingSeed(episode)] = (cast, task, trial, episode);
                }
            }
        }
    }

    private async Task<ScriptedCast> CastAsync(IArtifactStore artifacts, CampaignEnvironment built, CancellationToken cancellationToken) => new(
        engine, LoadedEnvironment.Load(await built.ReadPackageAsync(artifacts, cancellationToken)), new EpisodeSettings { FaultShare = 0 });
}
