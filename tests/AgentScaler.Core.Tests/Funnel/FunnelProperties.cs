using AgentScaler.Core.Tests.Environments;
using AgentScaler.Core.Tests.Episodes;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Tasks;
using FsCheck.Xunit;

namespace AgentScaler.Core.Tests.Funnel;

/// <summary>What holds of any calls and any episodes.</summary>
public sealed class FunnelProperties : IDisposable
{
    private static readonly (string Tool, string Arguments)[] Reads =
    [
        ("get_book", """{"book_id":"book-101"}"""), ("get_book", """{"book_id":"none"}"""), ("list_books", "{}"), ("list_books", """{"status":"lost"}"""), ("search_books", """{"query":"a"}"""),
    ];

    private static readonly (string Tool, string Arguments)[] Calls =
    [
        .. Reads, ("update_book", """{"book_id":"book-101","pages":620}"""), ("update_book", """{"book_id":"book-101","pages":612}"""), ("update_book", """{"book_id":"book-102","title":"Emma II"}"""),
        ("mark_book_lost", """{"book_id":"book-104"}"""), ("mark_book_lost", """{"book_id":"book-105"}"""), ("create_loan", """{"book_id":"book-101","member":"Ann Berg"}"""),
        ("delete_loan", """{"loan_id":"loan-901"}"""), ("no_such_tool", "{}"), ("update_book", "{}"),
    ];

    private readonly LibraryRollouts library = new();

    public void Dispose() => library.Dispose();

    [Property(MaxTest = 100)]
    public void Run_AnyCalls_ReplayToTheSameResultsAndHash(byte[] picks)
    {
        var episode = Enact(library.Writing, picks.Select(pick => Calls[pick % Calls.Length]));
        Assert.Empty(EpisodeReplay.Run(episode, library.Writing, library.Environment, library.Engine));
        using var other = new EnvironmentEngine(new EngineOptions { MaximumIsolates = 1 }, LibraryEnvironment.Clock);
        Assert.Empty(EpisodeReplay.Run(episode, library.Writing, LoadedEnvironment.Load(LibraryEnvironment.Package()), other));
    }

    [Property(MaxTest = 100)]
    public void Judge_ReadsAddedAnywhere_NeverChangeTheVerdictOnState(byte[] picks, byte[] reads, int seed)
    {
        foreach (var task in new[] { library.Writing, library.Clearing })
        {
            var gold = task.Gold.Select(call => (call.Tool, Arguments: call.Arguments.GetRawText())).ToList();
            List<(string Tool, string Arguments)> made = [.. gold, .. picks.Take(4).Select(pick => Calls[pick % Calls.Length])];
            var random = Seed.Root(seed).Random();
            var more = made.ToList();
            foreach (var read in reads.Take(12))
            {
                more.Insert(random.Next(more.Count + 1), Reads[read % Reads.Length]);
            }

            Assert.Equal(State(Enact(task, made), task), State(Enact(task, more), task));
        }
    }

    [Property(MaxTest = 20)]
    public void Judge_AnyOrderAndParallelism_GivesTheSameVerdicts(int seed)
    {
        var random = Seed.Root(seed).Random();
        var episodes = library.Tasks.SelectMany(task => Enumerable.Range(0, 6).Select(i => Any(task, i, random))).ToList();
        var expected = episodes.Select(Judge).OrderBy(verdict => verdict.Episode, StringComparer.Ordinal).ToList();
        var verdicts = new Verdict[episodes.Count];
        var shuffled = random.Shuffle(episodes);
        Parallel.For(0, shuffled.Count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => verdicts[i] = Judge(shuffled[i]));
        Assert.Equal(expected, verdicts.OrderBy(verdict => verdict.Episode, StringComparer.Ordinal));

        var withErrors = episodes.Where(episode => episode.Calls.Any(call => call.IsError)).Select(episode => episode.Id).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(
            ErrorQuota.Apply(expected, withErrors, 0.2),
            ErrorQuota.Apply(verdicts, withErrors, 0.2).OrderBy(verdict => verdict.Episode, StringComparer.Ordinal));
    }

    /// <summary>Judged again, an episode's verdict is the one it had; with settings that ask for less, what was kept stays kept.</summary>
    [Property(MaxTest = 20)]
    public void Judge_AgainWithTheSameOrLooserSettings_KeptStaysKept(int seed, byte by)
    {
        var random = Seed.Root(seed).Random();
        var settings = new FunnelSettings { MaximumEightGramRepeats = 1 + random.Next(4), MaximumFourGramShare = 0.1 + (random.Next(3) * 0.1), MaximumSameCalls = 2 + random.Next(3) };
        var looser = settings with
        {
            Match = by % 2 == 0 ? MatchMode.UnorderedReads : MatchMode.SupersetReads,
            MaximumEightGramRepeats = settings.MaximumEightGramRepeats + (by % 5),
            MaximumFourGramShare = settings.MaximumFourGramShare + (by % 3 * 0.1),
            MaximumSameCalls = settings.MaximumSameCalls + (by % 4),
            RequireOutputs = by % 7 > 2,
            RequireConfirmation = by % 11 > 4,
        };
        foreach (var episode in library.Tasks.SelectMany(task => Enumerable.Range(0, 4).Select(i => Any(task, i, random))))
        {
            var verdict = Judge(episode, settings);
            Assert.Equal(verdict, Judge(episode, settings));
            Assert.True(!verdict.Kept || Judge(episode, looser).Kept, $"{episode.Id}: {Judge(episode, looser)}");
        }
    }

    /// <summary>A clean episode, or one with some mistake.</summary>
    private EpisodeRecord Any(TaskSpec task, int number, SeededRandom random)
    {
        var kinds = Enum.GetValues<FaultKind>();
        var kind = random.Next(kinds.Length + 1);
        return (kind < kinds.Length ? library.Faulty(task, kinds[kind], number) : null) ?? library.Clean(task, number);
    }

    private Verdict Judge(EpisodeRecord episode) => Judge(episode, new FunnelSettings());

    private Verdict Judge(EpisodeRecord episode, FunnelSettings settings) => EpisodeFunnel.Judge(
        episode, library.Tasks.Single(task => task.Id == episode.Task), library.Environment.Package, settings, new ReplayCheck(library.Engine, library.Environment));

    private bool State(EpisodeRecord episode, TaskSpec task) => EpisodeFunnel.Reward(episode, task, library.Environment.Package, MatchMode.Strict).State;

    private EpisodeRecord Enact(TaskSpec task, IEnumerable<(string Tool, string Arguments)> calls)
    {
        var live = new LiveTranscript(library.Engine, library.Environment, task).User(string.Join(' ', task.Requests.Select(request => request.Text)));
        foreach (var (tool, arguments) in calls)
        {
            live.Call(tool, arguments);
        }

        return live.Agent("Done.").End();
    }
}
