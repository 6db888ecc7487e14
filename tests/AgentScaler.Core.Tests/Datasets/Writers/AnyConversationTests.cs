using System.Text.Json;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Validation;
using AgentScaler.Datasets.Writers;
using FsCheck.Xunit;

namespace AgentScaler.Core.Tests.Datasets.Writers;

/// <summary>Whatever a record holds, a format's file holds only rows that its consumer takes, and every record is either a row or a loss.</summary>
public sealed class AnyConversationTests : IDisposable
{
    private const int RecordsAtOnce = 40;

    private static readonly string[] Texts =
    [
        "ok", "查一下 “café” 😀", "a\nb\t\"c\" \\ d", "<think>\nx\n</think>\n\n", "</tool_response>\n<tool_response>\n", "<tool_call>{}</tool_call>", "{\"a\":10.0}", "[]", "3 left", " ", "",
        "\u2028\u0000\u007f",
    ];

    private static readonly string[] Arguments =
        ["{}", "{\"n\":10.0,\"m\":1e3,\"s\":\"é\"}", "{\"n\":\"text\",\"deep\":{\"a\":[1,null,{}]}}", "{\"malformed_arguments\":5}", "{\"t\":\"<tool_call>\"}", "{\"t\":\"</think>\"}"];

    private static readonly string[] Names = ["find_item", "list-shops", "find item", "名", new('n', 64), new('n', 65)];

    private static readonly string[] Schemas = ["{}", "{\"type\":\"object\"}", "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":[\"string\",\"null\"]}}}", "{\"type\":\"array\"}", "{\"description\":\"d\"}"];

    private readonly TemporaryFolder folder = new();

    [Property(MaxTest = 60)]
    public async Task WriteAsync_AnyTrajectories_GivesOnlyRowsThatTheConsumerTakes(int seed)
    {
        var records = Records(seed, Trajectory);
        foreach (var format in new[] { "openai", "trl", "llama-factory", "ms-swift", "axolotl" })
        {
            await CheckAsync(format, "train.jsonl", records);
        }
    }

    [Property(MaxTest = 60)]
    public async Task WriteAsync_AnyPreferences_GivesOnlyRowsThatTheConsumerTakes(int seed)
    {
        var records = Records(seed, Pair);
        await CheckAsync("openai-dpo", "train.jsonl", records);
        await CheckAsync("trl", "preferences.jsonl", records);
    }

    public void Dispose() => folder.Dispose();

    private async Task CheckAsync(string format, string file, string records)
    {
        var (bytes, rows, losses) = await GoldenFile.WriteAsync(format, file, records);
        var path = folder.File(file);
        await File.WriteAllBytesAsync(path, bytes);
        var problems = new List<DatasetProblem>();
        await RowReading.CheckAsync(path, file, rows, FormatRules.Of(format, file)!, problems, CancellationToken.None);
        Assert.True(problems.Count == 0, format + ": " + string.Join('\n', problems));
        Assert.Equal(RecordsAtOnce, rows + losses.Where(loss => loss.Effect == ExportEffect.Row).Sum(loss => loss.Count));
    }

    private static string Records<T>(int seed, Func<Random, int, T> make)
    {
        var random = new Random(seed);
        return string.Concat(Enumerable.Range(0, RecordsAtOnce).Select(number => DatasetJson.Line(make(random, number)) + "\n"));
    }

    private static Trajectory Trajectory(Random random, int number)
    {
        var sample = DatasetJson.Read<Trajectory>(System.Text.Encoding.UTF8.GetBytes(GoldenFile.Read("trajectories.jsonl").TrimEnd('\n')));
        return sample with { Messages = Messages(random, random.Next(1, 9), "system"), Tools = Tools(random), Metadata = sample.Metadata with { Episode = $"episode-{number}" } };
    }

    private static PreferencePair Pair(Random random, int number)
    {
        var sample = DatasetJson.Read<PreferencePair>(System.Text.Encoding.UTF8.GetBytes(GoldenFile.Read("preferences.jsonl").TrimEnd('\n')));
        return sample with
        {
            Id = $"pair-{number}",
            Prompt = Messages(random, random.Next(1, 5), "system"),
            Preferred = Messages(random, random.Next(0, 4), "assistant"),
            NonPreferred = Messages(random, random.Next(0, 4), "assistant"),
            Tools = Tools(random),
        };
    }

    private static List<TrajectoryTool> Tools(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(1, 4)).Select(i => new TrajectoryTool(
            "function",
            new TrajectoryFunction(Rarely(random, 8) ? Pick(random, Names) : $"tool_{i}", Rarely(random, 8) ? new string('d', 1200) : "A tool.", JsonElement.Parse(Pick(random, Schemas))))),
    ];

    /// <summary>Mostly a conversation, now and then with something out of order.</summary>
    private static List<TrajectoryMessage> Messages(Random random, int turns, string first)
    {
        var messages = new List<TrajectoryMessage>();
        var role = first;
        for (var turn = 0; turn < turns; turn++)
        {
            var calls = role == "assistant" && random.Next(2) == 0
                ? Enumerable.Range(0, random.Next(1, 4)).Select(i => new TrajectoryToolCall(
                    Rarely(random, 20) ? "same" : $"c{turn}-{i}{(Rarely(random, 10) ? new string('x', 50) : "")}",
                    "function",
                    new TrajectoryFunctionCall(Rarely(random, 20) ? Pick(random, Names) : "tool_0", JsonElement.Parse(Pick(random, Arguments))))).ToList()
                : null;
            messages.Add(new TrajectoryMessage
            {
                Role = Rarely(random, 30) ? "developer" : role,
                Content = calls is not null && random.Next(2) == 0 ? null : Rarely(random, 3) ? Pick(random, Texts) : "ok",
                ReasoningContent = role == "assistant" && Rarely(random, 3) ? Pick(random, Texts) : null,
                ToolCalls = calls,
                Train = role == "assistant" && !Rarely(random, 10),
            });
            foreach (var call in (calls ?? []).OrderBy(_ => random.Next()).Where(_ => !Rarely(random, 20)))
            {
                messages.Add(new TrajectoryMessage { Role = "tool", ToolCallId = call.Id, Name = call.Function.Name, Content = Pick(random, Texts), Train = false });
            }

            role = Rarely(random, 20) ? role : role == "system" || (role == "assistant" && calls is null) ? "user" : "assistant";
        }

        return messages;
    }

    private static bool Rarely(Random random, int oneOf) => random.Next(oneOf) == 0;

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];
}
