using System.Globalization;
using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Environments.Engine;

/// <summary>A small library of books and loans, and the means to call it.</summary>
internal static class Library
{
    public const string GetBook = """
        function get_book(db, args, env) {
          const row = db.books.get(args.book_id);
          if (!row) throw env.error("not_found", "no book has the id " + args.book_id);
          return row;
        }
        """;

    public const string ListBooks = "(db, args, env) => ({ items: db.books.all(), total: db.books.count() })";

    public const string SetTitle = """
        function set_title(db, args, env) {
          if (!db.books.get(args.book_id)) throw env.error("not_found", "no book has the id " + args.book_id);
          return db.books.update(args.book_id, { title: args.title });
        }
        """;

    public const string LendBook = """
        function lend_book(db, args, env) {
          const book = db.books.get(args.book_id);
          if (!book) throw env.error("not_found", "no book has the id " + args.book_id);
          const loan = db.loans.insert({ loan_id: env.newId("loans"), book_id: book.book_id, since: env.now });
          db.books.update(book.book_id, { lent: (book.lent || 0) + 1 });
          return loan;
        }
        """;

    public const string ReturnBook = """
        function return_book(db, args, env) {
          const loan = db.loans.get(args.loan_id);
          if (!loan) throw env.error("not_found", "no loan has the id " + args.loan_id);
          db.loans.delete(args.loan_id);
          const book = db.books.get(loan.book_id);
          return db.books.update(loan.book_id, { lent: book.lent - 1 });
        }
        """;

    public const string DeleteBook = "function delete_book(db, args, env) { return { deleted: db.books.delete(args.book_id) }; }";

    /// <summary>Clock of the tests' engines: stamps only.</summary>
    public static TimeProvider Clock { get; } = new FrozenClock(DateTimeOffset.UnixEpoch);

    public static EnvironmentPackage Package(int books = 3, params (string Name, string Program)[] extra) =>
        Package([.. StandardTools, .. extra], books);

    public static (string Name, string Program)[] StandardTools =>
    [
        ("get_book", GetBook), ("list_books", ListBooks), ("set_title", SetTitle), ("lend_book", LendBook), ("return_book", ReturnBook), ("delete_book", DeleteBook),
    ];

    public static EnvironmentPackage Package((string Name, string Program)[] tools, int books = 3) => new()
    {
        Id = "env-library",
        Name = "library",
        Now = new DateTimeOffset(2025, 6, 16, 9, 0, 0, TimeSpan.Zero),
        Schema = new EnvironmentSchema(
        [
            new CollectionSpec("books", "book", "book_id", "title",
            [
                new FieldSpec("book_id", Json("""{"type":"string"}"""), Required: true),
                new FieldSpec("title", Json("""{"type":"string"}"""), Required: true),
                new FieldSpec("lent", Json("""{"type":"integer"}""")),
                new FieldSpec("tags", Json("""{"type":"array"}"""), SetLike: true),
                new FieldSpec("seen_at", Json("""{"type":"string"}"""), Volatile: true),
            ]),
            new CollectionSpec("loans", "loan", "loan_id", null,
            [
                new FieldSpec("loan_id", Json("""{"type":"string"}"""), Required: true),
                new FieldSpec("book_id", Json("""{"type":"string"}"""), References: "books"),
            ]),
            new CollectionSpec("order_items", "order_item", "number", null, [new FieldSpec("number", Json("""{"type":"integer"}"""), Required: true)]),
        ]),
        Tools = [.. tools.Select(tool => Tool(tool.Name, tool.Program))],
        Policy = "Be kind to books.\n",
        State = [.. Enumerable.Range(1, books).Select(i => Book("b" + i.ToString(CultureInfo.InvariantCulture)))],
    };

    public static PackageTool Tool(string name, string program, string parameters = """{"type":"object"}""") => new(
        new ToolSpec
        {
            Id = "tool-" + name,
            Name = name,
            OriginalName = name,
            Description = "A tool of the library.",
            Parameters = Json(parameters),
            Source = new ToolSource("library", "0", "$", "agentscaler-tools", "MIT"),
        },
        Writes: true,
        program,
        new ToolBinding { Kind = OperationKind.Other, Collection = "books" });

    public static RowData Book(string id) => new("books", id, Json($$"""{"book_id":"{{id}}","title":"Title of {{id}}","tags":["a","b"]}"""));

    public static JsonElement Json(string text) => JsonElement.Parse(text);

    public static AgentScaler.Environments.ToolResult Call(this EnvironmentSession session, string tool, string arguments = "{}") =>
        session.Call(tool, Json(arguments));
}
