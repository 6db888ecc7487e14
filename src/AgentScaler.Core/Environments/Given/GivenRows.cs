using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Given;

/// <summary>
/// Joins rows that are given with rows that were made: given collections hold the given rows and no others, and the rest is made to fit: what
/// refers to a given collection names one of its rows, and what given rows refer to is there.
/// </summary>
internal static class GivenRows
{
    /// <summary>The rows of all collections, sorted by collection and key.</summary>
    /// <exception cref="PackageException">A given row is of no collection, lacks its key, or names a given row that is not there.</exception>
    public static IReadOnlyList<RowData> Join(EnvironmentSchema schema, IReadOnlyList<RowData> made, SortedDictionary<string, IReadOnlyList<JsonElement>> given)
    {
        var kept = given.SelectMany(collection => Kept(schema, collection.Key, collection.Value)).ToList();
        var keys = given.Keys.ToDictionary(name => name, name => kept.Where(row => row.Collection == name).Select(row => Node(row.Row.GetProperty(schema.Find(name)!.Key))).ToList(), StringComparer.Ordinal);
        var renamed = Renamed(schema, made, kept, given);
        var rows = new List<RowData>(kept);
        for (var i = 0; i < made.Count; i++)
        {
            if (!given.ContainsKey(made[i].Collection))
            {
                rows.Add(Fitted(schema.Find(made[i].Collection)!, made[i], i, keys, renamed));
            }
        }

        return [.. rows.OrderBy(row => row.Collection, StringComparer.Ordinal).ThenBy(row => row.Key, StringComparer.Ordinal)];
    }

    private static IEnumerable<RowData> Kept(EnvironmentSchema schema, string name, IReadOnlyList<JsonElement> rows)
    {
        var collection = schema.Find(name) ?? throw new PackageException(
            PackageFiles.State, "$." + name, $"there is no such collection; the schema has {string.Join(", ", schema.Collections.Select(other => other.Name))}");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < rows.Count; i++)
        {
            var key = rows[i].ValueKind == JsonValueKind.Object && rows[i].TryGetProperty(collection.Key, out var held) && held.ValueKind is JsonValueKind.String or JsonValueKind.Number
                ? StoredKey.Of(held)
                : "";
            var fault = PackageCheck.RowFault(collection, key, rows[i]) ?? (seen.Add(key) ? null : $"the key '{key}' is there twice");
            yield return fault is null ? new RowData(name, key, rows[i]) : throw new PackageException(PackageFiles.State, $"$.{name}[{i}]", fault);
        }
    }

    /// <summary>Keys of made rows that take the place of one a given row refers to: collection and old key to new key.</summary>
    private static Dictionary<(string, string), JsonNode> Renamed(
        EnvironmentSchema schema, IReadOnlyList<RowData> made, List<RowData> kept, SortedDictionary<string, IReadOnlyList<JsonElement>> given)
    {
        var renamed = new Dictionary<(string, string), JsonNode>();
        foreach (var row in kept)
        {
            foreach (var field in schema.Find(row.Collection)!.Fields.Where(field => field.References is not null))
            {
                if (!row.Row.TryGetProperty(field.Name, out var held) || held.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
                {
                    continue;
                }

                var (target, key) = (field.References!, StoredKey.Of(held));
                if (given.ContainsKey(target))
                {
                    if (!kept.Any(other => other.Collection == target && other.Key == key))
                    {
                        throw new PackageException(PackageFiles.State, $"$.{row.Collection}, the row '{row.Key}', {field.Name}", $"expected the key of a row of {target}, found '{key}'");
                    }
                }
                else if (!made.Any(other => other.Collection == target && other.Key == key) && !renamed.Any(entry => entry.Key.Item1 == target && StoredKey.Of(entry.Value) == key))
                {
                    var spare = made.FirstOrDefault(other => other.Collection == target && !renamed.ContainsKey((target, other.Key)))
                        ?? throw new PackageException(
                            PackageFiles.State, $"$.{row.Collection}, the row '{row.Key}', {field.Name}", $"more rows of {target} are referred to than are made; give the rows of {target} too");
                    renamed[(target, spare.Key)] = Node(held);
                }
            }
        }

        return renamed;
    }

    private static RowData Fitted(
        CollectionSpec collection, RowData row, int number, Dictionary<string, List<JsonNode>> given, Dictionary<(string, string), JsonNode> renamed)
    {
        var fitted = (JsonObject)Node(row.Row);
        foreach (var field in collection.Fields.Where(field => fitted[field.Name] is not null))
        {
            if (field.Name == collection.Key && renamed.TryGetValue((collection.Name, row.Key), out var key))
            {
                fitted[field.Name] = key.DeepClone();
            }
            else if (field.References is { } target && given.TryGetValue(target, out var keys))
            {
                fitted[field.Name] = keys.Count > 0 ? keys[number % keys.Count].DeepClone() : null;
            }
            else if (field.References is { } other && renamed.TryGetValue((other, StoredKey.Of(fitted[field.Name]!)), out var moved))
            {
                fitted[field.Name] = moved.DeepClone();
            }
        }

        return new RowData(row.Collection, StoredKey.Of(fitted[collection.Key]!), JsonSerializer.SerializeToElement(fitted));
    }

    private static JsonNode Node(JsonElement value) => JsonNode.Parse(value.GetRawText())!;
}
