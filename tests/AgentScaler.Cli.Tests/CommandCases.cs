using System.Buffers.Binary;
using System.CommandLine;
using System.Text.Json;

namespace AgentScaler.Cli.Tests;

/// <summary>Every command with arguments that have it do something real and small; a command without is missed by the tests that ask for it.</summary>
/// <param name="campaign">A campaign's folder; no command changes it.</param>
/// <param name="folder">Where commands write.</param>
/// <param name="endpoint">A model server.</param>
internal sealed class CommandCases(string campaign, TemporaryFolder folder, Uri endpoint)
{
    private const string Small = """{"identity":{"tasks":{"perEnvironment":2},"episodes":{"trials":2}}}""";

    private static readonly SortedDictionary<string, Func<CommandCases, IEnumerable<string[]>>> All = new(StringComparer.Ordinal)
    {
        ["campaign schema"] = _ => [[]],
        ["completion"] = _ => [["bash"]],
        ["dataset card"] = cases => [[cases.Copy]],
        ["dataset decontaminate"] = cases => [[cases.Campaign, "--against", cases.Write("own.md", cases.Row.GetProperty("messages")[1].GetProperty("content").GetString()!), "--out", cases["findings"]]],
        ["dataset export"] = cases => [[cases.Campaign, "--format", "all", "--out", cases["formats"]]],
        ["dataset masks"] = cases => [[cases.Campaign, "--template", "qwen3", "--out", cases["masks.jsonl"]]],
        ["dataset phases"] = cases => [[cases.Campaign, "--target", cases.Metadata("domain_name"), "--format", "openai", "--out", cases["phases"]]],
        ["dataset validate"] = cases => [[cases.Campaign]],
        ["env audit"] = cases => [[cases.Campaign]],
        ["env build"] = cases => [[Sample, "--out", cases["environments"]]],
        ["env replay"] = cases => [[cases.Campaign, "--environment", cases.Metadata("environment"), "--calls", cases.Write("calls.jsonl", """{"id":"a","calls":[{"tool":"no_such_tool","arguments":{}}]}""")]],
        ["env show"] = cases => [[cases.Campaign, "--list"], [cases.Campaign, "--environment", cases.Metadata("environment"), "--programs"]],
        ["episodes replay"] = cases => [[cases.Campaign]],
        ["funnel"] = cases => [[cases.Campaign], [cases.Campaign, "--rescore", "--match", "superset-reads"]],
        ["graph build"] = cases => [[Sample, "--out", cases["graph"]]],
        ["graph communities"] = cases => [[cases.Write("edges.txt", "0 1\n1 2\nnone\n"), "--out", cases["communities.txt"]]],
        ["graph similar"] = cases => [[cases.Vectors, "--threshold", "0.5", "--out", cases["pairs.txt"]]],
        ["models check"] = cases => [[cases.Write("models.json", JsonSerializer.Serialize(new
        {
            identity = new { models = new { user = new { model = "m" }, agent = new { model = "m" } } },
            operations = new { models = new { endpoints = new { @default = new { address = cases.Endpoint } } } },
        }))]],
        ["report"] = cases => [[cases.Campaign, "--episodes", "20", "--out", cases["report.html"]]],
        ["review accept"] = cases => [[cases.Metadata("episode"), "--reason", "it is fine"]],
        ["review apply"] = cases => [["--out", cases["reviewed"]]],
        ["review list"] = _ => [[]],
        ["review quarantine task"] = cases => [[cases.Metadata("task"), "--reason", "it is ambiguous"]],
        ["review quarantine tool"] = cases => [[$"{cases.Metadata("environment")}/{cases.Row.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString()}", "--reason", "it asks nobody"]],
        ["review reject"] = cases => [[cases.Metadata("episode"), "--reason", "it is rude"]],
        ["review undo"] = cases => [[cases.Metadata("episode")]],
        ["run"] = cases => [[cases.Write("small.json", Small), "--sources", Sample, "--out", cases["preview"], "--preview", "1"], [cases.Write("small.json", Small), "--sources", Sample, "--out", cases["run"]]],
        ["tools import"] = cases => [[Sample, "--out", cases["tools.jsonl"]]],
    };

    private string? copy;

    private string Campaign => campaign;

    private Uri Endpoint => endpoint;

    /// <summary>Words of all commands that do something, those to come among them.</summary>
    public static IEnumerable<string> Commands => Names(CommandLine.Create(TextWriter.Null, TextWriter.Null, TimeProvider.System).Root, string.Empty);

    private static string Sample => Path.Combine(AppContext.BaseDirectory, "Samples", "library-lending.json");

    private JsonElement Row => JsonElement.Parse(File.ReadLines(Path.Combine(campaign, "dataset", "canonical.jsonl")).First());

    /// <summary>The campaign once more, for commands that change it.</summary>
    private string Copy => copy ??= CopyTo(folder["copy"]);

    private string Vectors
    {
        get
        {
            var bytes = new byte[6 * sizeof(float)];
            foreach (var (i, value) in new[] { 1f, 0f, 0.8f, 0.6f, 0f, 1f }.Index())
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), value);
            }

            File.WriteAllBytes(folder["vectors_3x2.f32"], bytes);
            return folder["vectors_3x2.f32"];
        }
    }

    private string this[string name] => folder[name];

    /// <summary>The lines that try a command, to be run one after the other.</summary>
    public IEnumerable<string[]> Of(string command)
    {
        Assert.True(All.ContainsKey(command), $"'{command}' has no case here: say what tries it");
        var words = command.Split(' ');
        if (words[0] != "review")
        {
            return All[command](this).Select(rest => (string[])[.. words, .. rest]);
        }

        // Nothing is undone that was not done.
        string[][] before = command == "review undo" ? [["review", Copy, "accept", .. All["review accept"](this).Single()]] : [];
        return before.Concat(All[command](this).Select(rest => (string[])["review", Copy, .. words[1..], .. rest]));
    }

    private static IEnumerable<string> Names(Command command, string path) => command.Subcommands
        .SelectMany(below => Names(below, $"{path} {below.Name}".TrimStart())).Concat(command.Action is null ? [] : new[] { path });

    private string Metadata(string name) => Row.GetProperty("metadata").GetProperty(name).GetString()!;

    private string Write(string name, string text) => folder.Write(name, text);

    private string CopyTo(string target)
    {
        foreach (var file in Directory.EnumerateFiles(campaign, "*", SearchOption.AllDirectories))
        {
            var path = Path.Combine(target, Path.GetRelativePath(campaign, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }

        return target;
    }
}
