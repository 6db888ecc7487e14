using System.Globalization;
using System.Text.Json;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Performance;

/// <summary>The environment that is measured: one collection of books, rows of some 200 bytes, tools with real schemas.</summary>
internal static class BenchmarkPackage
{
    /// <summary>Creates it with so many rows.</summary>
    public static EnvironmentPackage Create(int rows) => new()
    {
        Id = "env-benchmark",
        Name = "benchmark",
        Now = new DateTimeOffset(2025, 6, 16, 9, 0, 0, TimeSpan.Zero),
        Schema = new EnvironmentSchema(
        [
            new CollectionSpec("books", "book", "book_id", "title",
            [
                new FieldSpec("book_id", Json("""{"type":"string"}"""), Required: true),
                new FieldSpec("title", Json("""{"type":"string"}"""), Required: true),
                new FieldSpec("author", Json("""{"type":"string"}""")),
                new FieldSpec("pages", Json("""{"type":"integer"}""")),
                new FieldSpec("shelf", Json("""{"type":"object"}""")),
                new FieldSpec("tags", Json("""{"type":"array"}""")),
            ]),
        ]),
        Tools =
        [
            Tool(
                "get_book",
                """{"type":"object","properties":{"book_id":{"type":"string","minLength":1}},"required":["book_id"],"additionalProperties":false}""",
                """
                function get_book(db, args, env) {
                  const row = db.books.get(args.book_id);
                  if (!row) throw env.error("not_found", "no book has the id " + args.book_id);
                  return row;
                }
                """),
            Tool(
                "set_pages",
                """
                {"type":"object","properties":{"book_id":{"type":"string"},"pages":{"type":"integer","minimum":0}},"required":["book_id","pages"],"additionalProperties":false}
                """,
                """
                function set_pages(db, args, env) {
                  if (!db.books.get(args.book_id)) throw env.error("not_found", "no book has the id " + args.book_id);
                  return db.books.update(args.book_id, { pages: args.pages });
                }
                """),
        ],
        Policy = "",
        State = [.. Enumerable.Range(0, rows).Select(Row)],
    };

    private static RowData Row(int i)
    {
        var id = "book-" + i.ToString(CultureInfo.InvariantCulture);
        return new RowData("books", id, Json(
            $$$"""{"book_id":"{{{id}}}","title":"The collected essays, volume {{{i}}}","author":"A. N. Author","pages":{{{100 + i}}},"shelf":{"room":"east","number":{{{i % 40}}}},"tags":["essay","prose"]}"""));
    }

    private static PackageTool Tool(string name, string parameters, string program) => new(
        new ToolSpec
        {
            Id = "tool-" + name,
            Name = name,
            OriginalName = name,
            Description = "A tool that is measured.",
            Parameters = Json(parameters),
            Source = new ToolSource("benchmark", "0", "$", "agentscaler-tools", null),
        },
        Writes: name != "get_book",
        program,
        new ToolBinding { Kind = OperationKind.Other, Collection = "books" });

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
