using System.Globalization;
using System.Text.Json;

namespace AgentScaler.Tasks;

/// <summary>Dotted paths into results, array positions as numbers (<c>items.0.id</c>); the empty path is the result itself.</summary>
internal static class ResultPath
{
    /// <summary>The step from an array to its length, for facts such as "how many".</summary>
    public const string Length = "#";

    /// <summary>The value at a path, or null if there is none.</summary>
    public static JsonElement? Find(JsonElement root, string path)
    {
        var value = root;
        foreach (var name in Segments(path))
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object when value.TryGetProperty(name, out var property):
                    value = property;
                    break;
                case JsonValueKind.Array when name == Length:
                    value = JsonSerializer.SerializeToElement(value.GetArrayLength());
                    break;
                case JsonValueKind.Array when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
                    && position < value.GetArrayLength():
                    value = value[position];
                    break;
                default:
                    return null;
            }
        }

        return value;
    }

    /// <summary>All scalar values with their paths, in document order; of arrays also the length.</summary>
    public static IEnumerable<(string Path, JsonElement Value)> Leaves(JsonElement value, string path = "")
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return value.EnumerateObject().SelectMany(property => Leaves(property.Value, Join(path, property.Name)));
            case JsonValueKind.Array:
                return value.EnumerateArray().SelectMany((item, i) => Leaves(item, Join(path, i.ToString(CultureInfo.InvariantCulture))))
                    .Append((Join(path, Length), JsonSerializer.SerializeToElement(value.GetArrayLength())));
            default:
                return [(path, value)];
        }
    }

    /// <summary>Whether a path is that of an array's length.</summary>
    public static bool IsLength(string path) => path == Length || path.EndsWith("." + Length, StringComparison.Ordinal);

    /// <summary>The names along a path.</summary>
    public static string[] Segments(string path) => path.Length == 0 ? [] : path.Split('.');

    private static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;
}
