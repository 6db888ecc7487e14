using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>
/// What <c>datasets</c> makes of rows: each key is a column, keys of objects are columns within it, and a column has one type in the whole file. It remembers
/// the type of each column and where it was seen first.
/// </summary>
/// <param name="mixed">Columns that are read as JSON and so may differ.</param>
internal sealed class ArrowColumns(params IReadOnlyList<string> mixed)
{
    private readonly Dictionary<string, string> types = new(StringComparer.Ordinal);

    /// <summary>Checks the next row.</summary>
    public void Row(JsonElement row, RowExpectations expect) => Column(row, "$", "$", expect);

    private void Column(JsonElement value, string column, string path, RowExpectations expect)
    {
        var type = value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Null => null,
            var kind => kind.ToString().ToLowerInvariant(),
        };
        if (type is null || mixed.Contains(column, StringComparer.Ordinal))
        {
            return;
        }

        if (types.TryAdd(column, type) || types[column] == type)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var property in value.EnumerateObject())
                    {
                        Column(property.Value, $"{column}.{property.Name}", $"{path}.{property.Name}", expect);
                    }

                    break;
                case JsonValueKind.Array:
                    var index = 0;
                    foreach (var item in value.EnumerateArray())
                    {
                        Column(item, column + "[]", $"{path}[{index++}]", expect);
                    }

                    break;
            }
        }
        else
        {
            expect.Fail(path, $"expected {types[column]}, as in the rows before: a column has one type; found {type}");
        }
    }
}
