using System.Text.Json;
using AgentScaler.Core.Tests.Environments;
using AgentScaler.Determinism;
using AgentScaler.Episodes.Scripted;
using AgentScaler.Tasks.Wording;

namespace AgentScaler.Core.Tests.Episodes;

public sealed class AnswerWriterTests
{
    private const string Books = """
        {"items":[{"book_id":"book-1","title":"north-wing-guide","author":"North wing guide"},{"book_id":"book-2","title":"Emma","author":"Jane Austen"}]}
        """;

    [Fact]
    public void Answer_ValueThatSaysWhatTheRowIsCalled_StandsAlone()
    {
        var listing = new ScriptedCall(0, 0, "list_books", []);

        var answer = Answer(new ScriptedRequest("", [listing], [new FactSource(0, "items.0.author"), new FactSource(0, "items.1.author")]), listing, Books);

        Assert.Contains("author: North wing guide, Jane Austen (Emma).", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Emma", "I have updated the book Emma.")]
    [InlineData("A guide for guests. Ask before lending.", "I have updated the book \"A guide for guests. Ask before lending\".")]
    [InlineData("Who is there? A reader.", "I have updated the book \"Who is there? A reader\".")]
    [InlineData("Anybody home?", "I have updated the book \"Anybody home?\".")]
    [InlineData("Version 2.5", "I have updated the book Version 2.5.")]
    public void Answer_NameThatIsASentence_IsQuoted(string title, string expected)
    {
        var update = new ScriptedCall(0, 0, "update_book", []);

        var answer = Answer(new ScriptedRequest("", [update], []), update, JsonSerializer.Serialize(new { book_id = "book-1", title }));

        Assert.StartsWith(expected, answer, StringComparison.Ordinal);
    }

    private static string Answer(ScriptedRequest request, ScriptedCall call, string result)
    {
        var results = new ActualResults();
        results.Add(call.Slot, result);
        return new AnswerWriter(LibraryEnvironment.Package(), RequestManner.Default, Seed.Root(1).Random()).Answer(request, [call], [], results);
    }
}
