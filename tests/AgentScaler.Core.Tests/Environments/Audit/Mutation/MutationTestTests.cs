using AgentScaler.Core.Tests.Environments.Materialisation;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Audit.Mutation;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Core.Tests.Environments.Audit.Mutation;

public sealed class MutationTestTests : IDisposable
{
    private readonly EnvironmentEngine engine = new(new EngineOptions(), Domains.Clock);

    public void Dispose() => engine.Dispose();

    [Fact]
    public void Run_Library_NoticesWritesKeysAndChecks()
    {
        var report = Test(LibraryEnvironment.Package());

        Assert.True(report.Score >= 0.9, CanonicalJson.Serialize(report));
        Assert.All(
            ["dropped-write", "wrong-key", "inverted-check"],
            fault => Assert.True(report.Operators[fault] is { Made: > 0 } count && count.Made == count.Noticed, fault));
    }

    [Fact]
    public void Run_FaultNoCallCanShow_IsASurvivorWithItsPlace()
    {
        var package = LibraryEnvironment.Package();
        package = package with
        {
            Tools = [.. package.Tools.Select(tool => tool.Name == "get_book" ? tool with
            {
                Program = "function get_book(db, args, env) {\n  const unused = 41;\n  const row = db.books.get(args.book_id);\n  if (!row) throw env.error('not_found', 'none');\n  return row;\n}",
            } : tool)],
        };

        var survivor = Assert.Single(Test(package).Survivors, survivor => survivor.Tool == "get_book");

        Assert.Equal(("changed-constant", 2, "41", "42"), (survivor.Operator, survivor.Line, survivor.Before, survivor.After));
    }

    [Fact]
    public void Run_EndlessMutant_IsNoticed()
    {
        using var hurried = new EnvironmentEngine(new EngineOptions { CallTimeout = TimeSpan.FromMilliseconds(200) }, TimeProvider.System);
        var package = LibraryEnvironment.Package();
        package = package with
        {
            Rules = [],
            Tools = [package.Tools.First(tool => tool.Name == "get_book") with
            {
                Program = "function get_book(db, args, env) { const row = db.books.get(args.book_id); if (!row) throw env.error('not_found', 'none'); let n = 0; while (n !== 3) { n = n + 1; } return row; }",
            }],
        };

        var report = new MutationTest(hurried).Run(package, new EnvironmentAudit(hurried).Run(package));

        Assert.Equal(new OperatorCount(1, 1), report.Operators["swapped-arithmetic"]);
        Assert.Contains(report.Survivors, survivor => survivor.Before == "0");
    }

    [Fact]
    public void Run_SampleOfMutants_IsTheSameEachTime()
    {
        var package = LibraryEnvironment.Package();
        var audit = new EnvironmentAudit(engine).Run(package);

        var one = new MutationTest(engine).Run(package, audit, 2);

        Assert.Equal(2 * package.Tools.Count, one.Made);
        Assert.Equal(CanonicalJson.Serialize(one), CanonicalJson.Serialize(new MutationTest(engine).Run(package, audit, 2)));
    }

    private MutationReport Test(EnvironmentPackage package) => new MutationTest(engine).Run(package, new EnvironmentAudit(engine).Run(package));
}
