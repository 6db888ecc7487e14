using System.Text.Json;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Tasks;

/// <summary>
/// Reads which rows a result makes known: their own keys, and the keys they refer to. Rows of a collection that is keyed by another's keys are those rows too: the logging of a cluster
/// and the cluster go by one key, and whoever speaks of one has named the other.
/// </summary>
internal sealed class KnownRows(EnvironmentPackage package)
{
    /// <summary>Positions of a listing that count where nothing else tells rows apart: nobody would ask for "the ninth one".</summary>
    public const int Positions = 5;

    private readonly IReadOnlyDictionary<string, CollectionSpec> shared = SharedKeys.Of(package.Schema);

    /// <summary>The row that a key is of, under the name of the collection whose keys they are.</summary>
    public RowKey Of(string collection, JsonElement key) => Of(new RowKey(collection, StoredKey.Of(key)));

    /// <summary>A row under the name of the collection whose keys its are.</summary>
    public RowKey Of(RowKey row) => shared.TryGetValue(row.Collection, out var source) ? row with { Collection = source.Name } : row;

    /// <summary>A row under the names of all collections that have it.</summary>
    public IEnumerable<RowKey> Under(RowKey row) => shared.Where(pair => pair.Value.Name == row.Collection).Select(pair => row with { Collection = pair.Key }).Prepend(row);

    /// <summary>Whether two collections have the same keys.</summary>
    public bool AreOne(string collection, string other) => Of(new RowKey(collection, "")) == Of(new RowKey(other, ""));

    /// <summary>The rows a result shows.</summary>
    public IReadOnlyList<KnownRow> In(PackageTool tool, int step, JsonElement result)
    {
        var known = new List<KnownRow>();
        var collection = package.Schema.Find(tool.Binding.Collection)!;
        foreach (var (position, (path, row)) in RowsOf(tool, result, int.MaxValue).Index())
        {
            foreach (var (property, name) in tool.Binding.ResultFields)
            {
                var isOwn = name == collection.Key;
                var target = isOwn ? collection.Name : collection.Fields.First(field => field.Name == name).References;
                if (target is not null && row.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                {
                    known.Add(new KnownRow(Of(target, value), step, ShownRows.PathOf(path, property), isOwn && tool.Binding.Kind == OperationKind.Create, position, isOwn));
                }
            }
        }

        return known;
    }

    /// <summary>The rows in a result with their dotted paths; the path of a row that is the result itself is empty.</summary>
    /// <param name="positions">How many rows of a listing count.</param>
    public static IEnumerable<(string Path, JsonElement Row)> RowsOf(PackageTool tool, JsonElement result, int positions = Positions) =>
        ShownRows.Of(tool.Binding, result, positions);

    /// <summary>Whether a path is of something within a row, or of a row that is a bare value.</summary>
    public static bool Holds(string row, string path) => row.Length == 0 || path == row || path.StartsWith(row + ".", StringComparison.Ordinal);
}
