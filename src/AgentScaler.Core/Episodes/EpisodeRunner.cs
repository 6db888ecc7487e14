using System.Globalization;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Tasks;

namespace AgentScaler.Episodes;

/// <summary>
/// Lets user, agent and environment interact until the user ends it (paper, section on agentic experience; pipeline.md, stage 5), and
/// records every message, call, result and state hash.
/// </summary>
public sealed class EpisodeRunner(EnvironmentEngine engine, LoadedEnvironment environment, EpisodeSettings settings)
{
    /// <summary>Attempts at an episode that hits a limit of the runtime. A limit is no property of the task, so it is tried afresh.</summary>
    private const int Attempts = 3;

    /// <summary>Runs one episode.</summary>
    /// <param name="trial">0-based trial of the task.</param>
    /// <param name="seed">The episode's seed; what happens inside the environment depends on the task's seed instead, as gold's ids do.</param>
    /// <returns>The record; if every attempt hit a limit, one that ends <see cref="Termination.Aborted"/> without calls.</returns>
    public async Task<EpisodeRecord> RunAsync(TaskSpec task, int trial, Seed seed, ICast cast, CancellationToken cancellationToken)
    {
        var id = ContentId.Of("episode", task.Id, trial.ToString(CultureInfo.InvariantCulture), seed.Path);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                var session = engine.Open(environment, new Seed(task.Seed), task.InitialChanges);
                var parties = cast.Enter(task, seed);
                var transcript = new TranscriptWriter(id, environment.Package.Policy);
                var termination = await ConverseAsync(session, parties, transcript, cancellationToken);
                return Record(transcript, termination, session.StateHash, parties.Faults.Entries);
            }
            catch (EpisodeAbortedException)
            {
                // What came before the limit is worth nothing: the next attempt starts over on a fresh session.
            }
        }

        return Record(new TranscriptWriter(id, environment.Package.Policy), Termination.Aborted, task.InitialHash, []);

        EpisodeRecord Record(TranscriptWriter transcript, Termination termination, string hash, IReadOnlyList<InjectedFault> faults) => new()
        {
            Id = id,
            Task = task.Id,
            Environment = environment.Package.Id,
            Trial = trial,
            Seed = seed.Path,
            Generator = cast.Generator,
            Messages = transcript.Messages,
            Calls = transcript.Calls,
            Termination = termination,
            FinalHash = hash,
            Faults = faults,
        };
    }

    private async Task<Termination> ConverseAsync(
        EnvironmentSession session, EpisodeParties parties, TranscriptWriter transcript, CancellationToken cancellationToken)
    {
        var steps = 0;
        var errors = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var said = await parties.User.SpeakAsync(transcript.Conversation, cancellationToken);
            transcript.AddUser(said);
            if (StopMarkers.Find(said) is not null)
            {
                return Termination.UserStop;
            }

            AgentTurn turn;
            do
            {
                if (steps++ == settings.MaximumSteps)
                {
                    return Termination.MaximumSteps;
                }

                turn = await parties.Agent.ActAsync(transcript.Messages, cancellationToken);
                foreach (var call in transcript.AddAgent(turn))
                {
                    var result = session.Call(call.Name, call.Arguments);
                    transcript.AddResult(call, result, session.StateHash);
                    errors = result.IsError ? errors + 1 : 0;
                }

                if (errors >= settings.MaximumToolErrors)
                {
                    return Termination.ToolErrors;
                }
            }
            while (turn.Calls.Count > 0);
        }
    }
}
