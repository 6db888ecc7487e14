using AgentScaler.Environments.Audit.Mutation;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Core.Tests.Environments.Audit.Mutation;

public sealed class ProgramMutatorTests
{
    [Theory]
    [InlineData("db.books.insert(args);", "dropped-write", "Object.assign({}, args);")]
    [InlineData("db.books.update(args.k, { pages: 1 });", "dropped-write", "Object.assign({}, db.books.get(args.k), { pages: 1 });")]
    [InlineData("db.books.delete(args.k);", "dropped-write", "(db.books.get(args.k) !== undefined);")]
    [InlineData("db.books.get(args.k);", "wrong-key", "db.books.get((db.books.find((other) => String(other.book_id) !== String(args.k)) ?? {}).book_id);")]
    [InlineData("if (args.k) return 1;", "inverted-check", "if (!(args.k)) return 1;")]
    [InlineData("if (args.k) throw env.error('no', 'not ' + 7);", "dropped-check", ";")]
    [InlineData("return args.a > args.b;", "swapped-comparison", "return ((args.a) >= (args.b));")]
    [InlineData("return args.a && args.b;", "swapped-logic", "return ((args.a) || (args.b));")]
    [InlineData("return args.a - args.b;", "swapped-arithmetic", "return ((args.a) + (args.b));")]
    [InlineData("return 'lost';", "changed-constant", "return \"lostx\";")]
    [InlineData("const row = args; return row.title;", "wrong-field", "const row = args; return row.author;")]
    [InlineData("return { a: args.a, b: args.b };", "dropped-field", "return { b: args.b };")]
    [InlineData("const c = {}; c.a = 1;", "dropped-assignment", "const c = {}; ;")]
    [InlineData("return db.books.all().filter((b) => b.pages > args.n);", "skipped-filter", "return db.books.all();")]
    [InlineData("return args.list.slice(args.from);", "off-by-one", "return args.list.slice((args.from) + 1);")]
    public void Of_Statement_HasTheFault(string body, string fault, string changed) =>
        Assert.Contains(Mutants(body), mutant => mutant.Operator == fault && mutant.Program.Contains(changed, StringComparison.Ordinal));

    [Fact]
    public void Of_MessagesAndNames_AreLeftAlone()
    {
        var mutants = Mutants("if (args.k) throw env.error(\"in_use\", \"the book \" + args.k); return { 'odd name': args['odd name'] };");

        Assert.DoesNotContain(mutants, mutant => mutant.Program.Contains("the book x", StringComparison.Ordinal) || mutant.Program.Contains("odd namex", StringComparison.Ordinal));
        Assert.Contains(mutants, mutant => mutant.Program.Contains("in_usex", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_LibraryPrograms_AreAllDifferentFromTheirOriginalAndFromEachOther()
    {
        var package = LibraryEnvironment.Package();
        foreach (var tool in package.Tools)
        {
            var programs = ProgramMutator.Of(package.Schema, tool).Select(mutant => mutant.Program).Append(tool.Program).ToList();
            Assert.True(programs.Count > 2, tool.Name);
            Assert.Equal(programs.Count, programs.Distinct(StringComparer.Ordinal).Count());
        }
    }

    private static IReadOnlyList<Mutant> Mutants(string body)
    {
        var package = LibraryEnvironment.Package();
        return ProgramMutator.Of(package.Schema, package.Tools[0] with
        {
            Program = $"function tool(db, args, env) {{ {body} }}",
            Binding = new ToolBinding { Kind = OperationKind.Other, Collection = "books" },
        });
    }
}
