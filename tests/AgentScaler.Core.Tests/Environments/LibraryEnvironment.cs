using AgentScaler.Episodes.Scripted;
using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Tasks;
using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Environments;

/// <summary>A library written by hand: books and loans, seven tools with programs and bindings, and tasks whose gold is executed, not asserted.</summary>
internal static class LibraryEnvironment
{
    /// <summary>Clock of the tests' engines: stamps only.</summary>
    public static readonly TimeProvider Clock = new FrozenClock(new DateTimeOffset(2025, 6, 16, 9, 0, 0, TimeSpan.Zero));

    public static EnvironmentPackage Package(params IReadOnlyList<PackageTool> extra) => new()
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
                new FieldSpec("author", Json("""{"type":"string"}"""), Required: true),
                new FieldSpec("pages", Json("""{"type":"integer"}"""), Required: true),
                new FieldSpec("status", Json("""{"type":"string","enum":["available","lent","lost"]}"""), Required: true),
            ]),
            new CollectionSpec("loans", "loan", "loan_id", null,
            [
                new FieldSpec("loan_id", Json("""{"type":"string"}"""), Required: true),
                new FieldSpec("book_id", Json("""{"type":"string"}"""), Required: true, References: "books"),
                new FieldSpec("member", Json("""{"type":"string"}"""), Required: true),
            ]),
        ]),
        Tools = [.. Tools().Concat(extra).OrderBy(tool => tool.Name, StringComparer.Ordinal)],
        Policy = "# Library\n\nYou may look up and change books and loans.\n",
        Rules = [new PolicyRule { Kind = PolicyRuleKind.Confirm, Text = "Before you remove a loan or mark a book as lost, ask.", Tools = ["delete_loan", "mark_book_lost"] }],
        State =
        [
            Book("book-101", "Dune", "Frank Herbert", 612, "available"),
            Book("book-102", "Emma", "Jane Austen", 474, "available"),
            Book("book-103", "Persuasion", "Jane Austen", 249, "lent"),
            Book("book-104", "Middlemarch", "George Eliot", 880, "available"),
            Book("book-105", "Walden", "Henry Thoreau", 352, "lost"),
            new RowData("loans", "loan-901", Json("""{"loan_id":"loan-901","book_id":"book-103","member":"Bo Lind"}""")),
            new RowData("loans", "loan-902", Json("""{"loan_id":"loan-902","book_id":"book-104","member":"Ida Moe"}""")),
        ],
    };

    public static PackageTool Tool(string name, bool writes, string parameters, string program, ToolBinding binding) => new(
        new ToolSpec
        {
            Id = "tool-" + name,
            Name = name,
            OriginalName = name,
            Description = "Tool " + name + " of the library.",
            Parameters = Json(parameters),
            Source = new ToolSource("Library", new string('0', 64), "$", "agentscaler-tools", "MIT"),
        },
        writes,
        program,
        binding);

    /// <summary>Looks a book up and changes it; then lends the same book: two requests, state changes, arguments from results.</summary>
    public static TaskSpec WritingTask(EnvironmentEngine engine, LoadedEnvironment environment) => Build(engine, environment, "task-writing",
    [
        new("Please set the number of pages of the book \"Dune\" to 620.",
        [
            new("search_books", """{"query":"Dune"}""", [new("query", OriginKind.User)]),
            new("update_book", """{"book_id":"book-101","pages":620}""",
                [new("book_id", OriginKind.Output, 0, "items.0.book_id"), new("pages", OriginKind.User)]),
        ], []),
        new("Then lend that book to Ann Berg.",
        [
            new("create_loan", """{"book_id":"book-101","member":"Ann Berg"}""",
                [new("book_id", OriginKind.Output, 0, "items.0.book_id"), new("member", OriginKind.User)]),
        ], []),
    ]);

    /// <summary>Only reads: facts must reach the user.</summary>
    public static TaskSpec ReadingTask(EnvironmentEngine engine, LoadedEnvironment environment) => Build(engine, environment, "task-reading",
    [
        new("Who wrote the book \"Emma\", and how many pages does it have?",
        [
            new("search_books", """{"query":"Emma"}""", [new("query", OriginKind.User)]),
            new("get_book", """{"book_id":"book-102"}""", [new("book_id", OriginKind.Output, 0, "items.0.book_id")]),
        ], ["Jane Austen", "474"]),
        new("Which books by Jane Austen do you have? I need their titles.",
            [new("list_books", """{"author":"Jane Austen"}""", [new("author", OriginKind.User)])], ["Emma", "Persuasion"]),
    ]);

    /// <summary>One request, one write by an id the user knows.</summary>
    public static TaskSpec ShortTask(EnvironmentEngine engine, LoadedEnvironment environment) => Build(engine, environment, "task-short",
    [
        new("Please mark the book with the id book-104 as lost.",
            [new("mark_book_lost", """{"book_id":"book-104"}""", [new("book_id", OriginKind.User)])], []),
    ]);

    /// <summary>Changes a book; then does two things in one request that have to be confirmed.</summary>
    public static TaskSpec ClearingTask(EnvironmentEngine engine, LoadedEnvironment environment) => Build(engine, environment, "task-clearing",
    [
        new("Please set the number of pages of the book \"Persuasion\" to 250.",
        [
            new("search_books", """{"query":"Persuasion"}""", [new("query", OriginKind.User)]),
            new("update_book", """{"book_id":"book-103","pages":250}""",
                [new("book_id", OriginKind.Output, 0, "items.0.book_id"), new("pages", OriginKind.User)]),
        ], []),
        new("Then remove the loan with the id loan-901, and mark that book as lost.",
        [
            new("delete_loan", """{"loan_id":"loan-901"}""", [new("loan_id", OriginKind.User)]),
            new("mark_book_lost", """{"book_id":"book-103"}""", [new("book_id", OriginKind.Output, 0, "items.0.book_id")]),
        ], []),
    ]);

    /// <summary>Several rows share a value that the user asks for.</summary>
    public static TaskSpec ListingTask(EnvironmentEngine engine, LoadedEnvironment environment) => Build(engine, environment, "task-listing",
        [new("Which books are there? I need the status of each.", [new("list_books", "{}", [])], ["available", "lent", "lost"])]);

    /// <summary>A task whose first request depends on a condition.</summary>
    public static TaskSpec Choosing(TaskSpec task, RequestCondition condition) => task with { Requests = [task.Requests[0] with { Condition = condition }, .. task.Requests.Skip(1)] };

    public static IReadOnlyList<TaskSpec> Tasks(EnvironmentEngine engine, LoadedEnvironment environment) =>
        [WritingTask(engine, environment), ReadingTask(engine, environment), ShortTask(engine, environment), ClearingTask(engine, environment)];

    /// <summary>A task from another initial state, in which its gold sees the same.</summary>
    public static TaskSpec From(TaskSpec task, IReadOnlyList<RowChange> changes, EnvironmentEngine engine, LoadedEnvironment environment)
    {
        var session = engine.Open(environment, new Seed(task.Seed), changes);
        var initial = session.StateHash;
        Assert.All(task.Gold, call => Assert.Equal(call.Result, session.Call(call.Tool, call.Arguments).Content));
        return task with { InitialChanges = changes, InitialHash = initial, GoldHash = session.StateHash };
    }

    /// <summary>Every place where the last call's result shows a fact.</summary>
    private static IEnumerable<RequiredOutput> Shown(string output, List<GoldCall> gold) => ResultPath.Leaves(Json(gold[^1].Result))
        .Where(leaf => ScriptWriter.Text(leaf.Value) == output).Select(leaf => new RequiredOutput(output, gold.Count - 1, leaf.Path));

    public static JsonElement Json(string text) => JsonElement.Parse(text);

    private static TaskSpec Build(EnvironmentEngine engine, LoadedEnvironment environment, string id, IReadOnlyList<PlannedRequest> requests)
    {
        var seed = new Seed("library/" + id);
        var session = engine.Open(environment, seed);
        var initial = session.StateHash;
        var gold = new List<GoldCall>();
        var spoken = new List<UserRequest>();
        foreach (var request in requests)
        {
            var first = gold.Count;
            foreach (var call in request.Calls)
            {
                var result = session.Call(call.Tool, Json(call.Arguments));
                Assert.False(result.IsError, result.Content);
                gold.Add(new GoldCall(call.Tool, Json(call.Arguments), call.Origins, result.RowsChanged > 0, result.Content));
            }

            spoken.Add(new UserRequest(request.Text, first, request.Calls.Count, [.. request.Outputs.SelectMany(output => Shown(output, gold))]));
        }

        return new TaskSpec
        {
            Id = id,
            Environment = environment.Package.Id,
            Seed = seed.Path,
            InitialChanges = [],
            Requests = spoken,
            Gold = gold,
            InitialHash = initial,
            GoldHash = session.StateHash,
        };
    }

    private static RowData Book(string id, string title, string author, int pages, string status) =>
        new("books", id, JsonSerializer.SerializeToElement(new { book_id = id, title, author, pages, status }));

    private static IEnumerable<PackageTool> Tools()
    {
        var shown = Fields("book_id", "title", "author", "pages", "status");
        yield return Tool("get_book", false,
            """{"type":"object","properties":{"book_id":{"type":"string","x-in":"path","x-segment":"books"}},"required":["book_id"],"additionalProperties":false}""",
            "function get_book(db, args, env) { const row = db.books.get(args.book_id); if (!row) throw env.error('not_found', 'no book has the id ' + args.book_id); return row; }",
            new ToolBinding { Kind = OperationKind.Get, Collection = "books", KeyParameter = "book_id", ResultPath = "", ResultFields = shown });
        yield return Tool("list_books", false,
            """{"type":"object","properties":{"author":{"type":"string"},"status":{"type":"string","enum":["available","lent","lost"]}},"required":[],"additionalProperties":false}""",
            "function list_books(db, args, env) { return { items: db.books.where(args) }; }",
            new ToolBinding { Kind = OperationKind.List, Collection = "books", Fields = Fields("author", "status"), ResultPath = "items", ResultFields = shown });
        yield return Tool("search_books", false,
            """{"type":"object","properties":{"query":{"type":"string"}},"required":["query"],"additionalProperties":false}""",
            "function search_books(db, args, env) { return { items: db.books.all().filter(row => env.contains(row.title, args.query)) }; }",
            new ToolBinding { Kind = OperationKind.Search, Collection = "books", QueryParameter = "query", ResultPath = "items", ResultFields = shown });
        yield return Tool("update_book", true,
            """{"type":"object","properties":{"book_id":{"type":"string"},"pages":{"type":"integer","minimum":1},"title":{"type":"string"}},"required":["book_id"],"additionalProperties":false}""",
            """
            function update_book(db, args, env) {
              if (!db.books.get(args.book_id)) throw env.error("not_found", "no book has the id " + args.book_id);
              const patch = {};
              if (args.pages !== undefined) patch.pages = args.pages;
              if (args.title !== undefined) patch.title = args.title;
              return db.books.update(args.book_id, patch);
            }
            """,
            new ToolBinding { Kind = OperationKind.Update, Collection = "books", KeyParameter = "book_id", Fields = Fields("pages", "title"), ResultPath = "", ResultFields = shown });
        yield return Tool("mark_book_lost", true,
            """{"type":"object","properties":{"book_id":{"type":"string"}},"required":["book_id"],"additionalProperties":false}""",
            """
            function mark_book_lost(db, args, env) {
              const row = db.books.get(args.book_id);
              if (!row) throw env.error("not_found", "no book has the id " + args.book_id);
              if (row.status === "lost") throw env.error("conflict", "the book is lost already");
              return db.books.update(args.book_id, { status: "lost" });
            }
            """,
            new ToolBinding
            {
                Kind = OperationKind.Status, Collection = "books", KeyParameter = "book_id", ResultPath = "", ResultFields = shown,
                Status = new StatusChange("status", "lost", ["available", "lent"]),
            });
        yield return Tool("create_loan", true,
            """{"type":"object","properties":{"book_id":{"type":"string"},"member":{"type":"string"}},"required":["book_id","member"],"additionalProperties":false}""",
            """
            function create_loan(db, args, env) {
              if (!db.books.get(args.book_id)) throw env.error("not_found", "no book has the id " + args.book_id);
              return { loan: db.loans.insert({ loan_id: env.newId("loans"), book_id: args.book_id, member: args.member }) };
            }
            """,
            new ToolBinding
            {
                Kind = OperationKind.Create, Collection = "loans", Fields = Fields("book_id", "member"), ResultPath = "loan",
                ResultFields = Fields("loan_id", "book_id", "member"),
            });
        yield return Tool("delete_loan", true,
            """{"type":"object","properties":{"loan_id":{"type":"string"}},"required":["loan_id"],"additionalProperties":false}""",
            """
            function delete_loan(db, args, env) {
              if (!db.loans.delete(args.loan_id)) throw env.error("not_found", "no loan has the id " + args.loan_id);
              return { deleted: true };
            }
            """,
            new ToolBinding { Kind = OperationKind.Delete, Collection = "loans", KeyParameter = "loan_id" });
    }

    private static SortedDictionary<string, string> Fields(params ReadOnlySpan<string> names)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            fields[name] = name;
        }

        return fields;
    }

    private sealed record PlannedRequest(string Text, IReadOnlyList<PlannedCall> Calls, IReadOnlyList<string> Outputs);

    private sealed record PlannedCall(string Tool, string Arguments, IReadOnlyList<ArgumentOrigin> Origins);
}
