using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Datasets.Decontamination;

/// <summary>
/// Looks a record's tools, policy, texts and rows up in a benchmark. Tools and system messages, which the trajectories of an environment share, are looked up once
/// and remembered: a few hundred bytes for each environment.
/// </summary>
internal sealed class TrajectoryProbe(BenchmarkIndex index)
{
    private const int LongestExcerpt = 160;

    private readonly Dictionary<(string Environment, ulong Content), bool> shared = [];

    /// <summary>What was found.</summary>
    /// <param name="Environment">The record's environment.</param>
    /// <param name="Episode">The record's id.</param>
    /// <param name="Shared">Findings in tools and policy, where they had not been looked up before.</param>
    /// <param name="Own">Findings in the rest of the record.</param>
    /// <param name="IsContaminated">Whether any strong finding is in it, or is shared.</param>
    public sealed record Outcome(
        string Environment, string Episode, IReadOnlyList<ContaminationFinding> Shared, IReadOnlyList<ContaminationFinding> Own, bool IsSharedContaminated, bool IsContaminated);

    /// <summary>Looks a trajectory up.</summary>
    /// <exception cref="FormatException">It is no record; the message names the place.</exception>
    public Outcome Look(JsonElement record)
    {
        var metadata = Member(record, "$", "metadata", JsonValueKind.Object);
        return Look(record, Text(metadata, "$.metadata", "environment"), Text(metadata, "$.metadata", "episode"), ["messages"]);
    }

    /// <summary>Looks a record up whose messages stand under several keys.</summary>
    public Outcome Look(JsonElement record, string environment, string episode, IReadOnlyList<string> messageKeys)
    {
        var common = new List<ContaminationFinding>();
        var own = new List<ContaminationFinding>();
        var contaminated = Shared(environment, "tools", Member(record, "$", "tools", JsonValueKind.Array), common, (tools, report) => Tools(tools, report));
        foreach (var key in messageKeys)
        {
            var i = 0;
            foreach (var message in Member(record, "$", key, JsonValueKind.Array).EnumerateArray())
            {
                var place = $"$.{key}[{i++}]";
                if (!message.TryGetProperty("content", out var content) || content.ValueKind != JsonValueKind.String)
                {
                    continue;
                }

                var role = message.TryGetProperty("role", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
                if (role == "system")
                {
                    contaminated |= Shared(environment, "system", content, common, (text, report) => Texts(JsonText.Of(text), place, report));
                }
                else
                {
                    Content(role, JsonText.Of(content), place, Report(environment, episode, own));
                }
            }
        }

        return new Outcome(environment, episode, common, own, contaminated, contaminated || own.Exists(finding => finding.Strength == ContaminationStrength.Strong));
    }

    private bool Shared(string environment, string what, JsonElement value, List<ContaminationFinding> found, Action<JsonElement, Action<BenchmarkMatch, string, string>> look)
    {
        var key = (environment, WordHash.Of(what + value.GetRawText()));
        if (shared.TryGetValue(key, out var known))
        {
            return known;
        }

        var before = found.Count;
        look(value, Report(environment, null, found));
        return shared[key] = found.Skip(before).Any(finding => finding.Strength == ContaminationStrength.Strong);
    }

    private static Action<BenchmarkMatch, string, string> Report(string environment, string? episode, List<ContaminationFinding> found)
    {
        var seen = new HashSet<(ContaminationKind, string)>();
        return (match, place, excerpt) =>
        {
            // The same row may be shown many times in an episode.
            if (seen.Add((match.Kind, match.Place)))
            {
                found.Add(new ContaminationFinding(match.Kind, match.Strength, match.Method, environment, episode, place, match.Place, Cut(match.Excerpt ?? excerpt), match.Similarity));
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
            Result(result, place, report);
        }
        else
        {
            Texts(text, place, report);
        }
    }

    private void Result(JsonElement value, string place, Action<BenchmarkMatch, string, string> report)
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
                    Result(property.Value, place, report);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Result(item, place, report);
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

    private static JsonElement Member(JsonElement parent, string path, string name, JsonValueKind kind) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == kind
            ? value
            : throw new FormatException($"{path}.{name}: expected {kind.ToString().ToLowerInvariant()}");

    private static string Text(JsonElement parent, string path, string name) => JsonText.Of(Member(parent, path, name, JsonValueKind.String));
}
