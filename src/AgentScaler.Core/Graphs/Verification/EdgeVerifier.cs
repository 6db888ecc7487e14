using System.Globalization;
using System.Text.Json;
using AgentScaler.Json;
using AgentScaler.Models;
using AgentScaler.Models.Prompts;
using AgentScaler.Models.Structured;
using AgentScaler.Tools;
using AgentScaler.Tools.Refinement;

namespace AgentScaler.Graphs.Verification;

/// <summary>
/// Has a model check the candidate edges of a domain (paper: inside each domain a model checks tool pairs and yields a directed dependency graph): pairs in batches, each answered by a direction,
/// a confidence and a reason. Without a model, or an answer, the match decides.
/// </summary>
public static class EdgeVerifier
{
    private const int BatchSize = 12;
    private const int LongestReason = 300;

    private static readonly JsonElement Form = JsonElement.Parse(
        """
        {"type":"object","additionalProperties":false,"required":["pairs"],"properties":{"pairs":{"type":"array","items":
          {"type":"object","additionalProperties":false,"required":["pair","direction","confidence","reason"],"properties":{
            "pair":{"type":"integer","description":"the number of the pair"},
            "direction":{"type":"string","enum":["forward","backward","both","none"]},
            "confidence":{"type":"number","minimum":0,"maximum":1},
            "reason":{"type":"string","minLength":1,"maxLength":600}}}}}}
        """);

    /// <summary>The prompt.</summary>
    internal static Prompt Prompt { get; } = Prompt.Load("edge-verification");

    /// <summary>Verifies the edges of a domain.</summary>
    /// <param name="confidence">Least confidence at which an edge stands, 0-1.</param>
    /// <param name="model">The model; null leaves all edges as they are.</param>
    /// <exception cref="ModelException">The endpoint gives no replies.</exception>
    /// <exception cref="BudgetSpentException">The campaign may spend no more.</exception>
    public static async Task<VerifiedEdges> VerifyAsync(Domain domain, double confidence, RoleModel? model, CancellationToken cancellationToken)
    {
        if (model is null)
        {
            return new VerifiedEdges(domain.Dependencies, [], 0);
        }

        var tools = domain.Tools.ToDictionary(tool => tool.Name, StringComparer.Ordinal);
        var pairs = domain.Dependencies.GroupBy(PairOf).OrderBy(pair => pair.Key.First, StringComparer.Ordinal).ThenBy(pair => pair.Key.Second, StringComparer.Ordinal).ToList();
        var batches = await Task.WhenAll(pairs.Chunk(BatchSize).Select(async batch => (Batch: batch, Reply: await model.AskOrRefusedAsync(Question(batch, tools), cancellationToken))));
        var answers = new Dictionary<(string First, string Second), PairAnswer>();
        foreach (var (batch, reply) in batches)
        {
            foreach (var answer in reply.Value?.Pairs ?? [])
            {
                answers[batch[answer.Pair - 1].Key] = answer;
            }
        }

        var (kept, refused, unanswered) = (new List<DependencyEdge>(), new List<DependencyEdge>(), 0);
        foreach (var edge in domain.Dependencies)
        {
            if (!answers.TryGetValue(PairOf(edge), out var answer))
            {
                unanswered++;
                kept.Add(edge);
                continue;
            }

            var judged = edge with { Verdict = new EdgeVerdict(answer.Confidence, PlainSentence.Of(answer.Reason, 2 * LongestReason) ?? "", model.Settings.Model, Prompt.Id) };
            (IsSeen(edge, answer.Direction) && answer.Confidence >= confidence ? kept : refused).Add(judged);
        }

        return new VerifiedEdges(kept, refused, unanswered);
    }

    private static bool IsSeen(DependencyEdge edge, FeedDirection direction) => direction == FeedDirection.Both
        || direction == (edge.Producer == PairOf(edge).First ? FeedDirection.Forward : FeedDirection.Backward);

    private static (string First, string Second) PairOf(DependencyEdge edge) =>
        StringComparer.Ordinal.Compare(edge.Producer, edge.Consumer) <= 0 ? (edge.Producer, edge.Consumer) : (edge.Consumer, edge.Producer);

    private static StructuredQuestion<PairAnswers> Question(IReadOnlyList<IGrouping<(string First, string Second), DependencyEdge>> batch, Dictionary<string, ToolSpec> tools)
    {
        var named = batch.SelectMany(pair => new[] { pair.Key.First, pair.Key.Second }).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var (system, text) = TwoPartPrompt.Fill(
            Prompt,
            ("tools", string.Join('\n', named.Where(tools.ContainsKey).Select(name => Sheet(tools[name])))),
            ("pairs", string.Join('\n', batch.Select((pair, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {pair.Key.First} and {pair.Key.Second}: {string.Join("; ", pair.Select(edge => edge.Evidence))}")))));
        return new StructuredQuestion<PairAnswers> { Name = "edge_verification", System = system, Text = text, Schema = Form, Check = answer => Faults(answer, batch.Count) };
    }

    private static List<string> Faults(PairAnswers answer, int count)
    {
        var given = answer.Pairs.Select(pair => pair.Pair).ToList();
        var faults = given.Where(pair => pair < 1 || pair > count).Select(pair => string.Create(CultureInfo.InvariantCulture, $"pair {pair}: expected a number from 1 to {count}")).ToList();
        faults.AddRange(Enumerable.Range(1, count).Where(pair => given.Count(other => other == pair) != 1).Select(pair => string.Create(CultureInfo.InvariantCulture, $"pair {pair}: expected exactly one answer")));
        return faults;
    }

    /// <summary>What matters of a tool here: what it is for, what it takes and gives by name and description.</summary>
    private static string Sheet(ToolSpec tool) => CanonicalJson.Serialize(new
    {
        tool.Name,
        Description = Cut(tool.Description, 400),
        Takes = VagueTools.Members(tool.Parameters).DistinctBy(member => member.Name).ToDictionary(member => member.Name, member => About(member.Value)),
        Gives = tool.Returns is { } returns ? Cut(CanonicalJson.Write(returns), 3_000) : null,
    });

    private static string About(JsonElement schema) => schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("description", out var description) && description.ValueKind == JsonValueKind.String ? Cut(description.GetString()!, 200) : "";

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length] + "...";
}
