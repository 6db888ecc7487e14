using System.Globalization;
using System.Text.Json;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Calls;

/// <summary>The rows that a tool's result shows, by what its binding says of where they stand.</summary>
internal static class ShownRows
{
    /// <summary>The rows with their dotted paths; the path of a row that is the result itself is empty.</summary>
    /// <param name="positions">How many rows of a listing count.</param>
    public static IEnumerable<(string Path, JsonElement Row)> Of(ToolBinding binding, JsonElement result, int positions)
    {
        if (binding.ResultPath is not { } path || (path.Length > 0 && (result.ValueKind != JsonValueKind.Object || !result.TryGetProperty(path, out result))))
        {
            yield break;
        }

        if (result.ValueKind == JsonValueKind.Object)
        {
            yield return (path, result);
        }
        else if (result.ValueKind == JsonValueKind.Array)
        {
            var isBare = binding.ResultFields.ContainsKey(ToolBinding.Itself);
            foreach (var (position, row) in result.EnumerateArray().Select(item => isBare ? Bare(item) : item).Index().Where(row => row.Item.ValueKind == JsonValueKind.Object).Take(positions))
            {
                var index = position.ToString(CultureInfo.InvariantCulture);
                yield return (path.Length == 0 ? index : path + "." + index, row);
            }
        }
    }

    /// <summary>The path of a row's property.</summary>
    public static string PathOf(string row, string property) => row.Length == 0 ? property : property == ToolBinding.Itself ? row : row + "." + property;

    /// <summary>A bare value as a row, which has it under <see cref="ToolBinding.Itself"/>.</summary>
    private static JsonElement Bare(JsonElement value) => JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { [ToolBinding.Itself] = value });
}
