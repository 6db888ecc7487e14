namespace AgentScaler.Core.Tests.Environments.Engine;

/// <summary>Hostile tool programs, each the body of <c>(db, args, env) => { ... }</c>.</summary>
internal static class Attacks
{
    private static readonly string[] Endless =
    [
        "for (;;);",
        "for (;;) { try { throw 1; } catch (e) {} finally {} }",
        "function f() { return f() + 1; } return f();",
        "function f() { try { return f() + 1; } catch (e) { return f() + 1; } } return f();",
        "const a = []; for (;;) a.push({ x: 1 });",
        "for (;;) { try { const a = []; for (;;) a.push({ x: 1 }); } catch (e) {} }",
        "const a = []; for (;;) a.push(new Array(1e6).fill(0));",
        "let a = [1, 2, 3]; for (;;) a = [...a, ...a];",
        "const k = []; for (let i = 0; ; i++) { const s = ('x' + i).repeat(1e5); k.push(s, s.toUpperCase()); }",
        "let s = 'a'.repeat(1e5); for (;;) s = s.replaceAll('a', 'aa');",
        "const k = []; for (;;) k.push('a,'.repeat(1e5).split(','));",
        "for (const k = []; ;) { const m = new Map(); for (let i = 0; i < 1e5; i++) m.set(i, { i }); k.push(m); }",
        "const o = {}; for (let i = 0; ; i++) o['k' + i] = i;",
        "let b = 3n; for (;;) b = b * b;",
        "const a = []; for (;;) a.push(1n << (1n << 25n));",
        "return /^(a+)+$/.test('a'.repeat(40) + 'b');",
        "const a = []; a.length = 4e9; return [...a].length;",
        "const a = []; a.length = 4e9; for (const x of a);",
        "const a = []; a.length = 4e9; return new Set(a).size;",
        "let s = 'ab'; while (s.length < 2 ** 28) s += s; return [...s].length;",
        "for (;;) { db.books.update('b1', { title: 'x'.repeat(1e6) + db.books.get('b1').title.length }); }",
        "let i = 0; for (;;) db.books.insert({ book_id: 'n' + i++, title: 'y'.repeat(1000) });",
        "throw { toString() { for (;;); } };",
        "return { get a() { for (;;); } };",
        "class Bad extends Error { get message() { for (;;); } } throw new Bad();",
        "db.books.find(() => { for (;;); });",
        "db.books.update(\'b1\', { get title() { for (;;); } });",
        "const k = []; for (;;) k.push(db.books.all().concat(new Array(1e5).fill(k.length)));",
    ];

    private static readonly string[] Crooked =
    [
        "throw undefined;",
        "throw null;",
        "throw 7n;",
        "throw { toString() { throw 1; } };",
        "throw { get message() { throw 1; } };",
        "throw Object.freeze(Object.create(null));",
        "class Odd extends Error { get message() { throw 1; } } throw new Odd();",
        "let r = []; for (let i = 0; i < 1e5; i++) r = [r]; return r;",
        "let r = {}; for (let i = 0; i < 1e5; i++) r = { r }; db.books.update('b1', { r });",
        "const r = []; r.push(r); return r;",
        "return 'x'.repeat(1e6);",
        "return new Array(1e5).fill('abcdefgh');",
        "return { toJSON() { for (;;); } };",
        "let n = 0; return { get a() { return n++ ? 1n : 1; } };",
        "return () => 1;",
        "return 1n;",
        "return NaN;",
        "return new Map([[1, 2]]);",
        "return { then(f) { f(1); } };",
        "return db;",
        "return { x: { get a() { throw 1; } } };",
        "(function () {}).constructor('return 1')();",
        "Object.prototype.polluted = 1;",
        "Array.prototype.push = () => 1;",
        "Object.getPrototypeOf(db.books).get = () => 1;",
        "db.books.all()[0].title = 'forged';",
        "db.books.all()[0].tags.push('forged');",
        "db.books.update('b1', { title: 'gone' }); throw new Error('half done');",
        "db.books.delete('b1'); db.loans.insert({});",
        "db.books.update('b1', { f() {} });",
        "throw env.error('a'.repeat(1e5), 'b'.repeat(1e6));",
    ];

    /// <summary>They never end, or never stop to grow: the engine has to stop them.</summary>
    public static TheoryData<string> RunningAway => [.. Endless];

    /// <summary>They tamper, forge, half-do, and end in odd ways: an error, and nothing changed.</summary>
    public static TheoryData<string> EndingBadly => [.. Crooked];

    /// <summary>So many attacks of both kinds, one endless among eight.</summary>
    public static IEnumerable<string> Mixed(int count)
    {
        for (var i = 0; i < count; i++)
        {
            yield return i % 8 == 7 ? Endless[i / 8 % Endless.Length] : Crooked[i % Crooked.Length];
        }
    }
}
