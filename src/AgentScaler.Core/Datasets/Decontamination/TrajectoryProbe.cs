using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Datasets.Decontamination;

/// <summary>
/// Looks a record's tools, policy, texts (reasoning among them) and rows up in a benchmark; what calls are given counts as rows and texts too. Tools and system messages, which the trajectories of an environment share, are looked up once
/// and remembered: a few hundred bytes for each environment.
/// </summary>
internal sealed class TrajectoryProbe(BenchmarkIndex index)
{
    private const int LongestExcerpt = 160;

    private readonly Dictionary<(string Environment, ulong Content), bool> shared = [];
    private readonly List<(string Environment, ulong Content)> fresh = [];

    /// <summary>What was found.</summary>
    /// <param name="Environment">The record's environment.</param>
    /// <param name="Id">The record's id.</param>
    /// <param name="Task">Its task's.</param>
    /// <param name="Shared">Findings in tools and policy, where they had not been looked up before.</param>
    /// <param name="Own">Findings in the rest of the record.</param>
    /// <param name="IsSharedContaminated">Whether tools or policy have any strong finding.</param>
    public sealed record Outcome(
        string Environment, string Id, string Task, IReadOnlyList<ContaminationFinding> Shared, IReadOnlyList<ContaminationFinding> Own, bool IsSharedContaminated)
    {
        /// <summary>Whether any strong finding is in it, or is shared.</summary>
        public bool IsContaminated => IsSharedContaminated || Own.Any(finding => finding.Strength == ContaminationStrength.Strong);
    }

    /// <summary>Looks a trajectory up.</summary>
    /// <exception cref="RecordFormatException">It is no record.</exception>
    public Outcome Trajectory(JsonElement record) => Whole(() =>
    {
        var metadata = Member(record, "$", "metadata", JsonValueKind.Object);
        var (environment, episode) = (Text(metadata, "$.metadata", "environment"), Text(metadata, "$.metadata", "episode"));
        return Look(record, environment, episode, Text(metadata, "$.metadata", "task"), ["messages"], own => Report(environment, episode, null, own));
    });

    /// <summary>Looks a pair of <c>preferences.jsonl</c> up.</summary>
    /// <exception cref="RecordFormatException">It is no pair.</exception>
    public Outcome Pair(JsonElement pair) => Whole(() =>
    {
        var (environment, id) = (Text(pair, "$", "environment"), Text(pair, "$", "id"));
        return Look(pair, environment, id, Text(pair, "$", "task"), ["prompt", "preferred", "non_preferred"], own => Report(environment, id, null, own));
    });

    /// <summary>Looks a task of <c>tasks.jsonl</c> up, with its gold.</summary>
    /// <exception cref="RecordFormatException">It is no task.</exception>
    public Outcome Task(JsonElement task) => Whole(() =>
    {
        var (environment, id) = (Text(task, "$", "environment"), Text(task, "$", "task"));
        var gold = Member(task, "$", "gold", JsonValueKind.Object);
        var outcome = Look(task, environment, id, id, ["prompt"], own => Report(environment, null, id, own));
        var found = outcome.Own.ToList();
        var report = Report(environment, null, id, found);
        Each(gold, "$.gold", "calls", (call, place) => Value(Member(call, place, "arguments", JsonValueKind.Object), place + ".arguments", report));
        Each(gold, "$.gold", "required_outputs", (output, place) => Value(output, place, report));
        return outcome with { Own = found };
    });

    /// <summary>What a trajectory's user says of a benchmark: the task gives it to say, whichever trajectory of the task it is.</summary>
    /// <returns>Kinds with a strong finding; none where the record is none.</returns>
    public IEnumerable<ContaminationKind> SaidByUser(JsonElement record) => Optional(record, "messages", JsonValueKind.Array) is not { } messages ? [] : messages.EnumerateArray()
        .Where(message => Optional(message, "role", JsonValueKind.String) is { } role && role.ValueEquals("user"))
        .SelectMany(message => Optional(message, "content", JsonValueKind.String) is { } content ? index.Find(JsonText.Of(content)) : [])
        .Where(match => match.Strength == ContaminationStrength.Strong).Select(match => match.Kind);

    /// <summary>What of a record is found in it before it proves to be none must be found again in the next.</summary>
    private Outcome Whole(Func<Outcome> look)
    {
        fresh.Clear();
        try
        {
            return look();
        }
        catch
        {
            fresh.ForEach(key => shared.Remove(key));
            throw;
        }
    }

    private Outcome Look(
        JsonElement record, string environment, string id, string task, IReadOnlyList<string> messageKeys, Func<List<ContaminationFinding>, Action<BenchmarkMatch, string, string>> reportTo)
    {
        var common = new List<ContaminationFinding>();
        var own = new List<ContaminationFinding>();
        var report = reportTo(own);
        var contaminated = Shared(environment, "tools", Member(record, "$", "tools", JsonValueKind.Array), common, (tools, found) => Tools(tools, found));
        foreach (var key in messageKeys)
        {
            Each(record, "$", key, (message, place) => contaminated |= Message(message, environment, place, common, report));
        }

        return new Outcome(environment, id, task, common, own, contaminated);
    }

    /// <summary>Looks a message up.</summary>
    /// <returns>Whether it is a policy, which is shared, with a strong finding.</returns>
    private bool Message(JsonElement message, string environment, string place, List<ContaminationFinding> common, Action<BenchmarkMatch, string, string> report)
    {
        var role = Optional(message, "role", JsonValueKind.String) is { } name ? JsonText.Of(name) : null;
        var contaminated = false;
        if (Optional(message, "content", JsonValueKind.String) is { } content)
        {
            if (role == "system")
            {
                contaminated = Shared(environment, "system", content, common, (text, found) => Texts(JsonText.Of(text), place, found));
            }
            else
            {
                Content(role, JsonText.Of(content), place, report);
            }
        }

        if (Optional(message, "reasoning_content", JsonValueKind.String) is { } reasoning)
        {
            Texts(JsonText.Of(reasoning), place + ".reasoning_content", report);
        }

        if (Optional(message, "tool_calls", JsonValueKind.Array) is not null)
        {
            Each(message, place, "tool_calls", (call, at) =>
            {
                if (Optional(call, "function", JsonValueKind.Object) is { } function && Optional(function, "arguments", JsonValueKind.Object) is { } arguments)
                {
                    Value(arguments, at + ".function.arguments", report);
                }
            });
        }

        return contaminated;
    }

    private bool Shared(string environment, string what, JsonElement value, List<ContaminationFinding> found, Action<JsonElement, Action<BenchmarkMatch, string, string>> look)
    {
        var key = (environment, WordHash.Of(what + value.GetRawText()));
        if (shared.TryGetValue(key, out var known))
        {
            return known;
        }

        var before = found.Count;
        look(value, Report(environment, null, null, found));
        fresh.Add(key);
        return shared[key] = found.Skip(before).Any(finding => finding.Strength == ContaminationStrength.Strong);
    }

    private static Action<BenchmarkMatch, string, string> Report(string environment, string? episode, string? task, List<ContaminationFinding> found)
    {
        var seen = new HashSet<(ContaminationKind, string)>();
        return (match, place, excerpt) =>
        {
            // The same row may be shown many times in an episode.
            if (seen.Add((match.Kind, match.Place)))
            {
                found.Add(new ContaminationFinding(match.Kind, match.Strength, match.Method, environment, episode, task, place, match.Place, Cut(match.Excerpt ?? excerpt), match.Similarity));
            }
        };
    }

    private void Tools(JsonElement tools, Action<BenchmarkMatch, string, string> report)
    {
        var i = 0;
        foreach (var entry in tools.EnumerateArray())
        {
            var place = $"$.tools[{i++}]";
            if (entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object
                && ToolSketch.Read(function, null) is { } tool)
            {
                foreach (var match in index.Find(tool))
                {
                    report(match, place, tool.Label);
                }
            }
        }
    }

    private void Content(string? role, string text, string place, Action<BenchmarkMatch, string, string> report)
    {
        if (role == "tool" && JsonText.Read(text) is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } result)
        {
            Value(result, place, report);
        }
        else
        {
            Texts(text, place, report);
        }
    }

    private void Value(JsonElement value, string place, Action<BenchmarkMatch, string, string> report)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                if (index.FindRow(value) is { } match)
                {
                    report(match, place, value.GetRawText());
                }

                foreach (var property in value.EnumerateObject())
                {
                    Value(property.Value, place, report);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Value(item, place, report);
                }

                break;
            case JsonValueKind.String:
                Texts(JsonText.Of(value), place, report);
                break;
        }
    }

    private void Texts(string text, string place, Action<BenchmarkMatch, string, string> report)
    {
        foreach (var match in index.Find(text))
        {
            report(match, place, text);
        }
    }

    private static string Cut(string text) => text.Length <= LongestExcerpt ? text : text[..(char.IsHighSurrogate(text[LongestExcerpt - 1]) ? LongestExcerpt - 1 : LongestExcerpt)];

    private static void Each(JsonElement parent, string path, string name, Action<JsonElement, string> visit)
    {
        var i = 0;
        foreach (var item in Member(parent, path, name, JsonValueKind.Array).EnumerateArray())
        {
            visit(item, $"{path}.{name}[{i++}]");
        }
    }

    private static JsonElement? Optional(JsonElement parent, string name, JsonValueKind kind) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;

    private static JsonElement Member(JsonElement parent, string path, string name, JsonValueKind kind) =>
        Optional(parent, name, kind) ?? throw new RecordFormatException($"{path}.{name}", $"expected {kind.ToString().ToLowerInvariant()}");

    private static string Text(JsonElement parent, string path, string name) => JsonText.Of(Member(parent, path, name, JsonValueKind.String));
}
