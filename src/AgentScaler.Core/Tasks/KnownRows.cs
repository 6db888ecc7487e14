using System.Text.Json;
using AgentScaler.Environments.Calls;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Tasks;

/// <summary>Reads which rows a result makes known: their own keys, and the keys they refer to.</summary>
internal static class KnownRows
{
    /// <summary>Positions of a listing that count where nothing else tells rows apart: nobody would ask for "the ninth one".</summary>
    public const int Positions = 5;

    /// <summary>The rows a result shows.</summary>
    /// <param name="positions">How many rows of a listing count.</param>
    public static IReadOnlyList<KnownRow> In(EnvironmentPackage package, PackageTool tool, int step, JsonElement result, int positions = Positions)
    {
        var known = new List<KnownRow>();
        foreach (var (path, row) in RowsOf(tool, result, positions))
        {
            Add(package, tool, step, path, row, known);
        }

        return known;
    }

    /// <summary>The rows in a result with their dotted paths; the path of a row that is the result itself is empty.</summary>
    public static IEnumerable<(string Path, JsonElement Row)> RowsOf(PackageTool tool, JsonElement result, int positions = Positions) =>
        ShownRows.Of(tool.Binding, result, positions);

    /// <summary>Whether a path is of something within a row.</summary>
    public static bool Holds(string row, string path) => row.Length == 0 || path.StartsWith(row + ".", StringComparison.Ordinal);

    private static void Add(EnvironmentPackage package, PackageTool tool, int step, string path, JsonElement row, List<KnownRow> known)
    {
        var collection = package.Schema.Find(tool.Binding.Collection)!;
        foreach (var (property, name) in tool.Binding.ResultFields)
        {
            var field = collection.Fields.First(field => field.Name == name);
            var target = name == collection.Key ? collection.Name : field.References;
            if (target is not null && row.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                var created = name == collection.Key && tool.Binding.Kind == OperationKind.Create;
                known.Add(new KnownRow(new RowKey(target, StoredKey.Of(value)), step, path.Length == 0 ? property : path + "." + property, created));
            }
        }
    }
}
