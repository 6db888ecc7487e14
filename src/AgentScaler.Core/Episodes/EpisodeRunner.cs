using System.Globalization;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes.Checkpoints;
using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Tasks;
using AgentScaler.Telemetry;

namespace AgentScaler.Episodes;

/// <summary>
/// Lets user, agent and environment interact until the user ends it (paper, section on agentic experience; pipeline.md, stage 5), and
/// records every message, call, result and state hash.
/// </summary>
public sealed class EpisodeRunner(EnvironmentEngine engine, LoadedEnvironment environment, EpisodeSettings settings)
{
    /// <summary>Attempts at an episode that hits a limit of the runtime. A limit is no property of the task, so it is tried afresh.</summary>
    private const int Attempts = 3;

    /// <summary>The id of an episode, <c>episode-...</c>.</summary>
    public static string IdOf(TaskSpec task, int trial, Seed seed) =>
        ContentId.Of("episode", task.Id, trial.ToString(CultureInfo.InvariantCulture), seed.Path);

    /// <summary>Runs one episode.</summary>
    /// <param name="trial">0-based trial of the task.</param>
    /// <param name="seed">The episode's seed; what happens inside the environment depends on the task's seed instead, as gold's ids do.</param>
    /// <param name="journal">Where the episode is kept while it runs, and what was kept of it; null to keep nothing.</param>
    /// <returns>The record; if every attempt hit a limit, one that ends <see cref="Termination.Aborted"/> without calls.</returns>
    /// <exception cref="LeaseLostException">Another runner has the episode by now.</exception>
    public async Task<EpisodeRecord> RunAsync(
        TaskSpec task, int trial, Seed seed, ICast cast, CancellationToken cancellationToken, EpisodeJournal? journal = null)
    {
        var id = IdOf(task, trial, seed);
        using var span = EpisodeSpan.Start(id, task, trial);
        ToolFault? fault = null;
        for (var attempt = journal?.Attempt ?? 0; attempt < Attempts; attempt++)
        {
            try
            {
                var session = journal?.Open(engine, environment, task.Seed, task.InitialChanges)
                    ?? engine.Open(environment, new Seed(task.Seed), task.InitialChanges);
                fault = ToolFaultDraw.Of(task, settings.ToolFaultShare, seed, () => engine.Open(environment, new Seed(task.Seed), task.InitialChanges));
                var parties = cast.Enter(task, trial, seed);
                var conversation = new Conversation(session, parties, new TranscriptWriter(id, environment.Package.Policy), settings, fault);
                var termination = await ConverseAsync(conversation, journal, cancellationToken);
                return span.End(Record(conversation.Transcript, termination, session.StateHash, parties.Faults.Entries) with
                {
                    Usage = conversation.Usage,
                    Failure = conversation.Failure,
                });
            }
            catch (EpisodeAbortedException)
            {
                // What came before the limit is worth nothing: the next attempt starts over on a fresh session.
                await (journal?.RestartAsync(isLast: attempt + 1 == Attempts, cancellationToken) ?? Task.CompletedTask);
            }
        }

        return span.End(Record(new TranscriptWriter(id, environment.Package.Policy), Termination.Aborted, task.InitialHash, []));

        EpisodeRecord Record(TranscriptWriter transcript, Termination termination, string hash, IReadOnlyList<InjectedFault> faults) => new()
        {
            Id = id,
            Task = task.Id,
            Environment = environment.Package.Id,
            Trial = trial,
            Seed = seed.Path,
            Generator = cast.Generator,
            Models = cast.Models,
            Messages = transcript.Messages,
            Calls = transcript.Calls,
            Termination = termination,
            ToolFault = fault,
            FinalHash = hash,
            Faults = faults,
        };
    }

    /// <summary>Goes through what was kept, then on to the end.</summary>
    private static async Task<Termination> ConverseAsync(Conversation conversation, EpisodeJournal? journal, CancellationToken cancellationToken)
    {
        Termination? end = null;
        foreach (var reply in journal?.Replies ?? [])
        {
            end = await conversation.RecallAsync(reply, cancellationToken);
        }

        while (end is null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (var reply, end) = await conversation.ContinueAsync(cancellationToken);
            await (journal?.AddAsync(reply, isLast: end is not null, cancellationToken) ?? Task.CompletedTask);
        }

        return end.Value;
    }
}
