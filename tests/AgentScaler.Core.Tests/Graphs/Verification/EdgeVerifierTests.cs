using System.Globalization;
using System.Text.RegularExpressions;
using AgentScaler.Core.Tests.Environments.Materialisation;
using AgentScaler.Core.Tests.Models;
using AgentScaler.Graphs;
using AgentScaler.Graphs.Verification;
using AgentScaler.Json;

namespace AgentScaler.Core.Tests.Graphs.Verification;

public sealed partial class EdgeVerifierTests
{
    private static readonly Domain Books = Domains.Books with { Dependencies = DependencyFinder.Find(Domains.Books.Tools, new GraphSettings().DependencyThreshold) };

    [Fact]
    public async Task Verify_WithoutAModel_TheMatchDecides()
    {
        var edges = await EdgeVerifier.VerifyAsync(Books, 0.5, null, CancellationToken.None);

        Assert.True(Books.Dependencies.Count > 12);
        Assert.Equal(Books.Dependencies, edges.Edges);
    }

    [Fact]
    public async Task Verify_ModelThatAgrees_KeepsEdgesWithEvidenceAndItsWords()
    {
        var brain = Brain.Saying(question => Answer(question, _ => ("both", 0.9)));

        var edges = await EdgeVerifier.VerifyAsync(Books, 0.5, brain.Builder(), CancellationToken.None);

        Assert.Equal(Books.Dependencies, edges.Edges.Select(edge => edge with { Verdict = null }));
        Assert.All(edges.Edges, edge => Assert.Equal(new EdgeVerdict(0.9, "the id", "brain-1", "edge-verification@1"), edge.Verdict));
        Assert.Contains(edges.Edges[0].Evidence, string.Join('\n', brain.Questions.Select(question => question.Text)), StringComparison.Ordinal);
        Assert.True(brain.Questions.Count > 1);
    }

    [Fact]
    public async Task Verify_Direction_KeepsOnlyEdgesThatGoThere()
    {
        var edges = await EdgeVerifier.VerifyAsync(Books, 0.5, Brain.Saying(question => Answer(question, _ => ("forward", 0.9))).Builder(), CancellationToken.None);

        Assert.All(edges.Edges, edge => Assert.True(StringComparer.Ordinal.Compare(edge.Producer, edge.Consumer) < 0));
        Assert.All(edges.Refused, edge => Assert.True(StringComparer.Ordinal.Compare(edge.Producer, edge.Consumer) > 0));
        Assert.Equal(Books.Dependencies.Count, edges.Edges.Count + edges.Refused.Count);
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.49, false)]
    public async Task Verify_Confidence_DecidesAtTheThreshold(double confidence, bool stands)
    {
        var edges = await EdgeVerifier.VerifyAsync(Books, 0.5, Brain.Saying(question => Answer(question, _ => ("both", confidence))).Builder(), CancellationToken.None);

        Assert.Equal(stands ? Books.Dependencies.Count : 0, edges.Edges.Count);
    }

    [Fact]
    public async Task Verify_PairLeftOut_IsToldBack()
    {
        var brain = Brain.Saying(question => Answer(question, pair => pair == 1 && question.Attempt == 0 ? null : ("both", 0.8)));

        var edges = await EdgeVerifier.VerifyAsync(Books, 0.5, brain.Builder(), CancellationToken.None);

        Assert.Equal(0, edges.Unanswered);
        Assert.Contains("pair 1: expected exactly one answer", brain.Questions.First(question => question.Attempt == 1).Messages[^1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BadReplies.Names), MemberType = typeof(BadReplies))]
    public async Task Verify_ModelThatSaysNothingUseful_TheMatchDecidesAndIsCounted(string kind)
    {
        var edges = await EdgeVerifier.VerifyAsync(Books, 0.5, Brain.Always(BadReplies.Text(kind)).Builder(), CancellationToken.None);

        Assert.Equal(Books.Dependencies, edges.Edges);
        Assert.Equal(Books.Dependencies.Count, edges.Unanswered);
    }

    [Fact]
    public async Task Prepare_GivenTools_AreNotRefined()
    {
        var brain = Brain.Saying(question => question.Name == "edge_verification" ? Answer(question, _ => ("both", 1)) : null);

        var (domain, preparation) = await DomainPreparer.PrepareAsync(Books with { Given = new string('0', 64) }, new GraphSettings(), brain.Builder(), CancellationToken.None);

        Assert.Equal(Books.Tools, domain.Tools);
        Assert.Equal((0, Books.Dependencies.Count), (preparation!.Vague, preparation.Edges));
    }

    [Fact]
    public async Task Prepare_WithoutAModel_IsTheVeryDomain() =>
        Assert.Equal((Books, (DomainPreparation?)null), await DomainPreparer.PrepareAsync(Books, new GraphSettings(), null, CancellationToken.None));

    [Fact]
    public async Task Prepare_ToolsThatBecomeExplicit_GetTheEdgesThatTheirResultsGive()
    {
        var domain = Domains.Of(
            Domains.Tool("lend_out", null, null, """{"book_id":{"type":"string","description":"The book."}}""", ["book_id"], null),
            Domains.Tool("look_around", null, null, "{}", [], null));
        var brain = Brain.Saying(question => question.Name == "edge_verification"
            ? Answer(question, _ => ("both", 1))
            : """
              {"tools":[{"name":"lend_out","description":"Lends a book to whoever asks for it.","parameters":{"type":"object","properties":{"book_id":{"type":"string"}},"required":["book_id"]},"returns":null},
              {"name":"look_around","description":"Shows the books of the library.","parameters":{"type":"object","properties":{}},"returns":{"type":"array","items":{"type":"object","properties":{"book_id":{"type":"string"}},"required":["book_id"]}}}]}
              """);

        var (prepared, _) = await DomainPreparer.PrepareAsync(domain, new GraphSettings(), brain.Builder(), CancellationToken.None);

        var edge = Assert.Single(prepared.Dependencies);
        Assert.Equal(("look_around", "[].book_id", "lend_out", "book_id", domain.Id), (edge.Producer, edge.OutputField, edge.Consumer, edge.Parameter, prepared.Id));
        Assert.NotNull(edge.Verdict);
    }

    private static string Answer(Asked question, Func<int, (string Direction, double Confidence)?> of) => CanonicalJson.Serialize(new
    {
        Pairs = PairNumber().Matches(question.Text).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Where(pair => of(pair) is not null)
            .Select(pair => new { Pair = pair, of(pair)!.Value.Direction, of(pair)!.Value.Confidence, Reason = "the id" }),
    });

    [GeneratedRegex(@"^(\d+)\. ", RegexOptions.Multiline)]
    private static partial Regex PairNumber();
}
