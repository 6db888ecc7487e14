using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Environments.Replay;

/// <summary>
/// SHA-256 of the text of a whole state, an object of collections of rows by key: the form in which benchmarks record states. The initial rows' texts are made
/// once, so that a digest costs the changed rows' texts and the hashing of the whole. Immutable; shared by all sessions of an environment.
/// </summary>
public sealed class StateDigest
{
    private readonly Form form;
    private readonly (string Name, string[] Keys, byte[][] Entries)[] collections;

    private StateDigest(EnvironmentPackage package, Form form)
    {
        this.form = form;
        var order = Comparer<string>.Create(CanonicalJson.CompareKeys);
        collections =
        [
            .. package.Schema.Collections.OrderBy(collection => collection.Name, order).Select(collection =>
            {
                var rows = package.State.Where(row => row.Collection == collection.Name).OrderBy(row => row.Key, order).ToArray();
                return (collection.Name, rows.Select(row => row.Key).ToArray(), rows.Select(row => form.Entry(row.Key, row.Row)).ToArray());
            }),
        ];
    }

    /// <summary>tau-bench's own hash, <see cref="OfficialHash.TauBench"/> of the state.</summary>
    public static StateDigest TauBench(EnvironmentPackage package) => new(package, new TupleForm());

    /// <summary>Canonical JSON.</summary>
    public static StateDigest Canonical(EnvironmentPackage package, NumberForm numbers) => new(package, new CanonicalForm(numbers));

    /// <summary>The digest of a session's present state, 64 hexadecimal digits.</summary>
    public string Of(EnvironmentSession session)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var changes = session.Changes.ToLookup(change => change.Collection);
        hash.AppendData(form.Opening);
        for (var i = 0; i < collections.Length; i++)
        {
            hash.AppendData(form.Start(collections[i].Name, first: i == 0));
            Append(hash, collections[i].Keys, collections[i].Entries, [.. changes[collections[i].Name]]);
        }

        hash.AppendData(form.End(collections.Length));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Merges the initial rows with the changed ones, both sorted by key.</summary>
    private void Append(IncrementalHash hash, string[] keys, byte[][] entries, RowChange[] changes)
    {
        var count = 0;
        for (int i = 0, j = 0; i < keys.Length || j < changes.Length;)
        {
            var order = i == keys.Length ? 1 : j == changes.Length ? -1 : CanonicalJson.CompareKeys(keys[i], changes[j].Key);
            var entry = order < 0 ? entries[i] : changes[j].Row is { } row ? form.Entry(changes[j].Key, row) : null;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
            if (entry is not null)
            {
                hash.AppendData(count++ == 0 ? [] : form.Separator);
                hash.AppendData(entry);
            }
        }

        hash.AppendData(form.Close(count));
    }

    private abstract class Form
    {
        public abstract byte[] Opening { get; }

        public abstract byte[] Separator { get; }

        public abstract byte[] Start(string collection, bool first);

        public abstract byte[] Entry(string key, JsonElement row);

        /// <summary>What follows the rows of a collection that has so many.</summary>
        public abstract byte[] Close(int rows);

        /// <summary>What follows the last of so many collections.</summary>
        public abstract byte[] End(int count);
    }

    private sealed class CanonicalForm(NumberForm numbers) : Form
    {
        public override byte[] Opening { get; } = "{"u8.ToArray();

        public override byte[] Separator { get; } = ","u8.ToArray();

        public override byte[] Start(string collection, bool first) => Encoding.UTF8.GetBytes((first ? "" : ",") + Quoted(collection) + ":{");

        public override byte[] Entry(string key, JsonElement row) => Encoding.UTF8.GetBytes(Quoted(key) + ":" + CanonicalJson.Write(row, numbers));

        public override byte[] Close(int rows) => [(byte)'}'];

        public override byte[] End(int count) => [(byte)'}'];

        private static string Quoted(string text)
        {
            var quoted = new StringBuilder();
            CanonicalJson.AppendString(quoted, text);
            return quoted.ToString();
        }
    }

    /// <summary>Python's text of nested tuples; a tuple of one is written with a comma.</summary>
    private sealed class TupleForm : Form
    {
        public override byte[] Opening { get; } = "("u8.ToArray();

        public override byte[] Separator { get; } = ", "u8.ToArray();

        public override byte[] Start(string collection, bool first) => Encoding.UTF8.GetBytes((first ? "(" : ", (") + Repr(collection) + ", (");

        public override byte[] Entry(string key, JsonElement row) => Encoding.UTF8.GetBytes("(" + Repr(key) + ", " + OfficialHash.TauBenchText(row) + ")");

        public override byte[] Close(int rows) => Encoding.UTF8.GetBytes(rows == 1 ? ",))" : "))");

        public override byte[] End(int count) => Encoding.UTF8.GetBytes(count == 1 ? ",)" : ")");

        private static string Repr(string text)
        {
            var repr = new StringBuilder();
            PythonText.AppendRepr(repr, text);
            return repr.ToString();
        }
    }
}
