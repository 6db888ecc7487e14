using AgentScaler.Cli.Output;
using AgentScaler.Datasets;

namespace AgentScaler.Cli.Tests;

public sealed class ProgressLineTests
{
    [Theory]
    [InlineData(1_200, 5_000, 3, "1,200 of 5,000 rows (400/s, 10 s left)")]
    [InlineData(5_000, 5_000, 10, "5,000 of 5,000 rows (500/s)")]
    [InlineData(1_200, 0, 3, "1,200 rows (400/s)")]
    [InlineData(1_200, 5_000, 0, "1,200 of 5,000 rows")]
    [InlineData(3, 10, 12, "3 of 10 rows (0.25/s, 28 s left)")]
    public void Text_CountAndTotal_SaysRateAndWhatIsLeft(long done, long total, int seconds, string expected) =>
        Assert.Equal(expected, CountLine.Text(done, total, "rows", done, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Report_NoTerminal_WritesALineEveryFiveSecondsWithoutControlCharacters()
    {
        using var error = new StringWriter();
        var clock = new HandClock();
        var shell = new Shell(TextWriter.Null, error, clock, _ => false);
        using (var line = new CountLine(shell, "rows"))
        {
            for (var second = 1; second <= 12; second++)
            {
                clock.Seconds = second;
                line.Report(new CountProgress(second * 100, 2_000));
            }
        }

        Assert.Equal("500 of 2,000 rows (100/s, 15 s left)\n1,000 of 2,000 rows (100/s, 10 s left)\n", error.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Report_OneFileAfterAnother_HasARateOfEachAndSaysWhatItIsOf()
    {
        using var error = new StringWriter();
        var clock = new HandClock();
        using (var line = new CountLine(new Shell(TextWriter.Null, error, clock, _ => false), "rows"))
        {
            // Before the first row there were 100 seconds of something else.
            foreach (var (second, done, what) in new (long, long, string?)[] { (100, 1, "rows of a"), (110, 101, "rows of a"), (120, 1, "rows of b"), (130, 21, "rows of b"), (140, 41, null) })
            {
                clock.Seconds = second;
                line.Report(new CountProgress(done, 0, what));
            }
        }

        Assert.Equal("1 rows of a\n101 rows of a (10/s)\n1 rows of b\n21 rows of b (2/s)\n41 rows (2/s)\n", error.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Show_NoTerminalAndNothingNew_WritesNoSecondLine()
    {
        using var error = new StringWriter();
        using (var line = new LiveLine(new Shell(TextWriter.Null, error, new HandClock(), _ => false)))
        {
            foreach (var text in new[] { "page 1", "page 1", "page 2", "page 2", "page 1" })
            {
                line.Show(() => text, now: true);
            }
        }

        Assert.Equal("page 1\npage 2\npage 1\n", error.ToString().ReplaceLineEndings("\n"));
    }

    private sealed class HandClock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
