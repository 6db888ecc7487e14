using System.Text.Json.Nodes;

namespace AgentScaler.Tools.Schemas;

/// <summary>
/// The normal forms of what references lead to, read once a document. A normal form depends on the references followed before it only where
/// it meets one of them again; then it is not taken from here.
/// </summary>
internal sealed class SchemaMemo
{
    /// <summary>Most schemas that are kept; then it starts anew, which bounds memory and changes no result.</summary>
    private const int MaximumKept = 20_000;

    private readonly Dictionary<(SchemaUse Use, bool IsMember, string Key, int Level, int Nesting), Entry> entries = [];
    private readonly Stack<HashSet<string>> recordings = new();
    private int kept;

    /// <summary>Takes note of a reference that is followed.</summary>
    public void Note(string key)
    {
        if (recordings.TryPeek(out var keys))
        {
            keys.Add(key);
        }
    }

    /// <summary>Starts to record which references are followed.</summary>
    public void Start() => recordings.Push(new HashSet<string>(StringComparer.Ordinal));

    /// <summary>Ends the recording; an outer one goes on with what it held.</summary>
    public HashSet<string> End()
    {
        var keys = recordings.Pop();
        if (recordings.TryPeek(out var outer))
        {
            outer.UnionWith(keys);
        }

        return keys;
    }

    /// <summary>What was read before, if it would be read the same now.</summary>
    /// <param name="left">How many schemas may still be visited.</param>
    public Entry? Find(SchemaUse use, bool isMember, string key, int level, int nesting, RefChain? chain, int left)
    {
        if (!entries.TryGetValue((use, isMember, key, level, nesting), out var entry) || left <= entry.Visited || RefChain.ContainsAny(chain, entry.Keys))
        {
            return null;
        }

        foreach (var followed in entry.Keys)
        {
            Note(followed);
        }

        return entry;
    }

    /// <summary>Keeps what was read, unless it depends on the references followed before.</summary>
    public void Keep(SchemaUse use, bool isMember, string key, int level, int nesting, RefChain? chain, Entry entry)
    {
        if (!RefChain.ContainsAny(chain, entry.Keys))
        {
            kept += entry.Visited;
            if (kept > MaximumKept)
            {
                entries.Clear();
                kept = entry.Visited;
            }

            entries[(use, isMember, key, level, nesting)] = entry;
        }
    }

    /// <summary>A normal form.</summary>
    /// <param name="Schema">The form, or null if no value fits; never handed out itself.</param>
    /// <param name="Visited">How many schemas were visited for it.</param>
    /// <param name="Keys">The references followed for it.</param>
    internal sealed record Entry(MergedSchema Merged, JsonObject? Schema, int Visited, IReadOnlySet<string> Keys);
}
