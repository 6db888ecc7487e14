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
        ["{}", "{\"n\":10.0,\"m\":1e3,\"s\":\"é\"}", "{\"n\":\"text\",\"deep\":{\"a\":[1,null,{}]}}", "{\"t\":\"<tool_call>\"}", "{\"t\":\"</think>\"}"];

    private static readonly string[] Names = ["find_item", "list-shops", "find item", "名", new('n', 64), new('n', 65)];

    private static readonly string[] Schemas =
        ["{}", "{\"type\":\"object\"}", "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":[\"string\",\"null\"]}}}", "{\"description\":\"d\"}", "{\"properties\":{}}"];

    private static readonly string[] OtherSchemas = ["{\"type\":\"array\"}", "{\"properties\":[]}", "\"none\""];

    private readonly TemporaryFolder folder = new();

    /// <summary>All files of rows; but Parquet's, which are the record itself, leave nothing out.</summary>
    public static IEnumerable<object[]> Files => FormatRules.Files.Where(file => file.Format != "parquet").Select(file => new object[] { file.Format, file.File });

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

    [Property(MaxTest = 60)]
    public async Task WriteAsync_AnyTasks_GivesOnlyRowsThatTheConsumerTakes(int seed)
    {
        var records = Records(seed, DatasetTask);
        await CheckAsync("verl", "train.parquet", records);
        await CheckAsync("nemo-gym", "train.jsonl", records);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task WriteAsync_RecordsOfManySeeds_AreRowsAsWellAsLosses(string format, string file)
    {
        const int Seeds = 10;
        var input = GoldenFile.RowsOf(format, file).Input;
        var rows = 0L;
        for (var seed = 0; seed < Seeds; seed++)
        {
            rows += await CheckAsync(format, file, input == ExportInput.Tasks ? Records(seed, DatasetTask) : input == ExportInput.Preferences ? Records(seed, Pair) : Records(seed, Trajectory));
        }

        Assert.InRange(rows, Seeds, (Seeds * RecordsAtOnce) - Seeds);
    }

    public void Dispose() => folder.Dispose();

    private async Task<long> CheckAsync(string format, string file, string records)
    {
        var (bytes, rows, losses) = await GoldenFile.WriteAsync(format, file, records);
        var path = folder.File(file);
        await File.WriteAllBytesAsync(path, bytes);
        var problems = new List<DatasetProblem>();
        await RowReading.CheckAsync(path, file, rows, FormatRules.Of(format, file)!, problems, null, CancellationToken.None);
        Assert.True(problems.Count == 0, format + ": " + string.Join('\n', problems));
        Assert.Equal(RecordsAtOnce, rows + losses.Where(loss => loss.Effect == ExportEffect.Row).Sum(loss => loss.Count));
        return rows;
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
            Prompt = Messages(random, Rarely(random, 5) ? random.Next(1, 5) : 2, "system"),
            Preferred = Messages(random, Rarely(random, 10) ? 0 : random.Next(1, 4), "assistant"),
            NonPreferred = Messages(random, Rarely(random, 10) ? 0 : random.Next(1, 4), "assistant"),
            Tools = Tools(random),
        };
    }

    private static DatasetTask DatasetTask(Random random, int number)
    {
        var sample = DatasetJson.Read<DatasetTask>(System.Text.Encoding.UTF8.GetBytes(GoldenFile.Read("tasks.jsonl").TrimEnd('\n')));
        var tools = Tools(random);
        return sample with
        {
            Task = $"task-{number}",
            Prompt = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => new TrajectoryMessage
            {
                Role = Rarely(random, 10) ? Pick(random, ["system", "assistant", "tool"]) : i == 0 ? "system" : "user",
                Content = Rarely(random, 10) ? null : Rarely(random, 4) ? Pick(random, Texts) : "ok",
                Train = false,
            })],
            Tools = tools,
            Gold = sample.Gold with
            {
                InitialChanges = [.. Enumerable.Range(0, random.Next(3)).Select(i => Rarely(random, 3)
                    ? new DatasetRowChange("items", $"i{i}", true)
                    : new DatasetRowChange("items", $"i{i}", false, JsonElement.Parse(Pick(random, Arguments))))],
                Calls = [.. Enumerable.Range(0, Rarely(random, 15) ? 0 : random.Next(1, 4)).Select(_ => new TrajectoryFunctionCall(
                    Rarely(random, 15) ? "no_tool" : Pick(random, [.. tools]).Function.Name, JsonElement.Parse(Rarely(random, 15) ? "\"text\"" : Pick(random, Arguments))))],
                RequiredOutputs = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Pick(random, Texts))],
            },
        };
    }

    private static List<TrajectoryTool> Tools(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(1, 4)).Select(i => new TrajectoryTool(
            "function",
            new TrajectoryFunction(Rarely(random, 8) ? Pick(random, Names) : $"tool_{i}", Rarely(random, 8) ? new string('d', 1200) : "A tool.", JsonElement.Parse(Pick(random, Rarely(random, 12) ? OtherSchemas : Schemas))))),
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
                    new TrajectoryFunctionCall(
                        Rarely(random, 20) ? Pick(random, Names) : "tool_0", JsonElement.Parse(Rarely(random, 15) ? "{\"malformed_arguments\":5}" : Pick(random, Arguments))))).ToList()
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
