using AgentScaler.Core.Tests.Environments.Materialisation;
using AgentScaler.Environments;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;
using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Environments.Audit;

public sealed class EnvironmentAuditTests : IDisposable
{
    private readonly EnvironmentEngine engine = new(new EngineOptions(), Domains.Clock);

    public void Dispose() => engine.Dispose();

    [Fact]
    public void Run_HealthyPackage_PassesEveryTool()
    {
        var report = Audit(LibraryEnvironment.Package());

        Assert.Equal(1, report.PassRate);
        Assert.All(report.Tools, tool => Assert.True(tool.Calls >= 3 && tool.Passed, tool.Tool));
    }

    [Fact]
    public void Run_Twice_ReportsTheSame() =>
        Assert.Equal(CanonicalJson.Serialize(Audit(LibraryEnvironment.Package())), CanonicalJson.Serialize(Audit(LibraryEnvironment.Package())));

    [Theory]
    [InlineData("get_book", "audit.read-writes", "function get_book(db, args, env) { const row = db.books.get(args.book_id); if (!row) throw env.error('not_found', 'none'); return db.books.update(args.book_id, { pages: row.pages + 1 }); }")]
    [InlineData("get_book", "audit.no-clear-error", "function get_book(db, args, env) { return db.books.get(args.book_id) || {}; }")]
    [InlineData("get_book", "audit.no-clear-error", "function get_book(db, args, env) { return { title: db.books.get(args.book_id).title }; }")]
    [InlineData("get_book", "audit.valid-call-fails", "function get_book(db, args, env) { throw env.error('teapot', 'never'); }")]
    [InlineData("update_book", "audit.write-changes-nothing", "function update_book(db, args, env) { const row = db.books.get(args.book_id); if (!row) throw env.error('not_found', 'none'); return row; }")]
    [InlineData("create_loan", "audit.references", "function create_loan(db, args, env) { return db.loans.insert({ loan_id: env.newId('loans'), book_id: 'nowhere', member: args.member }); }")]
    [InlineData("get_book", "audit.no-clear-error", "function get_book(db, args, env) { const row = db.books.get(args.book_id); if (!row) throw env.error('not_found', 'none'); return { ...row, first: args.book_id.length === 0 ? null.x : 1, n: row.status === 'lost' ? null.x : 1 }; }")]
    [InlineData("update_book", "audit.row-does-not-fit", "function update_book(db, args, env) { if (!db.books.get(args.book_id)) throw env.error('not_found', 'none'); return db.books.update(args.book_id, { pages: String(args.pages ?? 7) }); }")]
    [InlineData("delete_loan", "audit.no-clear-error", "function delete_loan(db, args, env) { const was = db.loans.delete(args.loan_id); if (!was) null.x; return {}; }")]
    public void Run_BrokenProgram_IsFoundByItsReason(string tool, string reason, string program)
    {
        var report = Audit(With(LibraryEnvironment.Package(), tool, broken => broken with { Program = program }));

        Assert.Equal(reason, Assert.Single(report.Tools, audit => !audit.Passed).Findings[0].Reason);
        Assert.Equal(tool, report.Tools.Single(audit => !audit.Passed).Tool);
    }

    [Fact]
    public void Run_ResultThatIsNotAsDeclared_IsFound()
    {
        var package = With(LibraryEnvironment.Package(), "get_book", tool => tool with
        {
            Spec = tool.Spec with { Returns = LibraryEnvironment.Json("""{"type":"object","properties":{"isbn":{"type":"string"}},"required":["isbn"]}""") },
        });

        var finding = Assert.Single(Audit(package).Tools, tool => !tool.Passed).Findings[0];

        Assert.Equal("audit.result-does-not-fit", finding.Reason);
        Assert.Contains("isbn", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ErrorThatKeepsItsChanges_IsFound()
    {
        const string Program = "function delete_loan(db, args, env) { const was = db.loans.delete(args.loan_id); if (!was) { db.books.update('book-101', { pages: 1 }); throw env.error('not_found', 'none'); } return {}; }";
        var package = With(LibraryEnvironment.Package(), "delete_loan", tool => tool with { Program = Program });

        Assert.Equal(1, Audit(package).PassRate);
        Assert.Equal("audit.error-writes", Assert.Single(Audit(package with { KeepChangesOnError = true }).Tools, tool => !tool.Passed).Findings[0].Reason);
    }

    [Fact]
    public void Run_BrokenReferenceInTheInitialState_IsFoundForEveryTool()
    {
        var package = LibraryEnvironment.Package();
        package = package with { State = [.. package.State, new RowData("loans", "loan-999", LibraryEnvironment.Json("""{"loan_id":"loan-999","book_id":"book-999","member":"No One"}"""))] };

        Assert.All(Audit(package).Tools, tool => Assert.Equal("audit.references", tool.Findings[0].Reason));
    }

    [Fact]
    public void Run_NoRowToWorkOn_IsSaid()
    {
        var package = LibraryEnvironment.Package();
        package = package with { State = [.. package.State.Where(row => row.Collection == "books")] };

        Assert.Equal("audit.no-valid-call", Assert.Single(Audit(package).Tools, tool => !tool.Passed).Findings[0].Reason);
    }

    [Fact]
    public void Build_HealthyDomain_KeepsEveryToolItCanRead()
    {
        var build = Domains.Build(engine, Domains.Books);

        Assert.True(build.Outcome.Kept, string.Join('\n', build.Outcome.ToolsRejected));
        Assert.Equal(Domains.Books.Tools.Count, build.Outcome.ToolsKept.Count + build.Outcome.ToolsRejected.Count);
        Assert.Contains("update_book", build.Outcome.ToolsKept);
        Assert.All(build.Outcome.ToolsRejected, tool => Assert.NotEmpty(tool.Detail));
    }

    [Fact]
    public void Build_PassRateBelowTheSetting_RejectsTheDomain()
    {
        // Its result promises a reference that no argument gives: one tool of three fails.
        const string Trip = """{"type":"object","properties":{"trip_id":{"type":"string"},"car_id":{"type":"string"},"note":{"type":"string"}},"required":["trip_id","car_id"]}""";
        const string Car = """{"type":"object","properties":{"car_id":{"type":"string"},"name":{"type":"string"}},"required":["car_id","name"]}""";
        var domain = Domains.Of(
            Domains.Tool("get_car", null, null, """{"car_id":{"type":"string"}}""", ["car_id"], Car),
            Domains.Tool("get_trip", null, null, """{"trip_id":{"type":"string"}}""", ["trip_id"], Trip),
            Domains.Tool("create_trip", null, null, """{"note":{"type":"string"}}""", ["note"], Trip));

        var strict = Domains.Build(engine, domain);
        var lenient = Domains.Build(engine, domain, new EnvironmentSettings { MinimumPassRate = 0.5 });

        Assert.Equal((false, "audit.pass-rate"), (strict.Outcome.Kept, strict.Outcome.Reason));
        Assert.True(lenient.Outcome.Kept);
        Assert.Equal(["get_car", "get_trip"], lenient.Outcome.ToolsKept);
        Assert.Equal("audit.result-does-not-fit", Assert.Single(lenient.Outcome.ToolsRejected).Reason);
    }

    [Fact]
    public void Build_Twice_GivesEqualPackages() =>
        Assert.Equal(CanonicalJson.Serialize(Domains.Build(engine, Domains.Books).Package), CanonicalJson.Serialize(Domains.Build(engine, Domains.Books).Package));

    [SkippableTheory]
    [InlineData("native/oas30-box.json", 20)]
    [InlineData("native/oas30-twilio-verify.json", 4)]
    public void Build_RealDocument_GivesEnvironments(string file, int least)
    {
        var path = AgentScaler.Core.Tests.Tools.Catalogue.Corpus(file);

        var builds = Domains.Find([CatalogueDocument.Of(File.ReadAllBytes(path), file)]).Select(domain => Domains.Build(engine, domain)).ToList();

        var kept = builds.Where(build => build.Outcome.Kept).ToList();
        Assert.True(kept.Count >= least, $"{kept.Count} environments of {builds.Count} domains");
        Assert.All(kept, build => Assert.Equal(1, build.Audit!.PassRate));
    }

    private AuditReport Audit(EnvironmentPackage package) => new EnvironmentAudit(engine).Run(package);

    private static EnvironmentPackage With(EnvironmentPackage package, string name, Func<PackageTool, PackageTool> change) =>
        package with { Tools = [.. package.Tools.Select(tool => tool.Name == name ? change(tool) : tool)] };
}
