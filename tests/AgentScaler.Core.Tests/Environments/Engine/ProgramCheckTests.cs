using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Core.Tests.Environments.Engine;

public sealed class ProgramCheckTests
{
    [Theory]
    [InlineData("function f(db, args, env) { return null; }")]
    [InlineData("// a comment\n'use strict';\nfunction f(db) { return db.a.all(); }")]
    [InlineData("(db, args, env) => args.x ?? null;")]
    [InlineData("/* why */ (function (db, { a, b: [c = 1] = [] }, env) { return [a, c]; });")]
    [InlineData("(db, args) => { for (const [k, v] of Object.entries(args)) { if (k) continue; } let n = 0; n++; return Math.max(n, NaN); }")]
    [InlineData("(db, args) => { outer: for (let i = 0; ; i++) { break outer; } try { JSON.parse('') } catch (e) { return e.message } }")]
    [InlineData("function f(db, args, env) { class P { #x = 1; get x() { return this.#x; } static of() { return new P(); } } return P.of().x; }")]
    [InlineData("function f(db, args, env) { function g(n) { return n ? g(n - 1) : arguments.length; } return g(3); }")]
    [InlineData("(db, args) => { var a = function b() { return b; }; return { eval: 1, Function: 2 }.eval + typeof a; }")]
    [InlineData("(db, args) => { const globalsNot = args.process; return `${globalsNot}`.replace(/a+/g, (m) => m); }")]
    public void Check_OneSelfContainedFunction_IsAdmitted(string source) =>
        Assert.NotEmpty(ProgramCheck.Check("programs/f.js", source).Function);

    [Theory]
    [InlineData("function f(db {", 1, 15)]
    [InlineData("", 1, 1)]
    [InlineData("function f() {}\nfunction g() {}", 2, 1)]
    [InlineData("let count = 0;\n(db) => count++", 2, 1)]
    [InlineData("({ f() {} })", 1, 2)]
    [InlineData("(a, b, c, d) => 1", 1, 1)]
    [InlineData("async (db) => 1", 1, 1)]
    [InlineData("function* f(db) {}", 1, 1)]
    [InlineData("(db) => {\n  async function g() {}\n}", 2, 3)]
    [InlineData("(db) => [1].map(async (x) => x)", 1, 17)]
    [InlineData("(db) => eval('1')", 1, 9)]
    [InlineData("(db) => new Function('1')", 1, 13)]
    [InlineData("(db) => globalThis.x", 1, 9)]
    [InlineData("(db) => import('fs')", 1, 9)]
    [InlineData("(db) => { with (db) { return 1; } }", 1, 11)]
    [InlineData("(db) => this.x", 1, 9)]
    [InlineData("function f(db) { return this; }", 1, 25)]
    [InlineData("function f(db) { return (() => this)(); }", 1, 32)]
    [InlineData("(db) => { total = 1; }", 1, 11)]
    [InlineData("(db) => { Map = 1; }", 1, 11)]
    [InlineData("(db) => { undeclared++; }", 1, 11)]
    [InlineData("(db) => Date.now()", 1, 9)]
    [InlineData("(db) => Promise.resolve(1)", 1, 9)]
    [InlineData("(db) => { { let inner = 1; } return inner; }", 1, 37)]
    [InlineData("(db) => { function g() { var own; } return own; }", 1, 44)]
    [InlineData("(db) => process.exit(1)", 1, 9)]
    [InlineData("(db, a = EngineInternal) => { var EngineInternal; }", 1, 10)]
    [InlineData("(db) => ({ shorthand })", 1, 12)]
    [InlineData("(db) => ({ [computed]: 1 })", 1, 13)]
    [InlineData("import x from 'y'", 1, 1)]
    public void Check_AnythingElse_IsRejectedWithItsPlace(string source, int line, int column)
    {
        var e = Assert.Throws<PackageException>(() => ProgramCheck.Check("programs/f.js", source));

        Assert.Equal(("programs/f.js", $"line {line}, column {column}"), (e.File, e.Place));
    }

    [Fact]
    public void Check_NestedWithoutEnd_IsRejectedNotFatal() =>
        Assert.Throws<PackageException>(() => ProgramCheck.Check("programs/f.js", "(db) => " + new string('(', 100_000) + "1" + new string(')', 100_000)));

    [Theory]
    [InlineData("(db, args, env) => env.newId('a')", true)]
    [InlineData("(db, args, { newId }) => newId('a')", true)]
    [InlineData("(db, args, env) => db.a.all()", false)]
    public void Check_NewId_IsNoticed(string source, bool noticed) => Assert.Equal(noticed, ProgramCheck.Check("programs/f.js", source).NamesIds);
}
