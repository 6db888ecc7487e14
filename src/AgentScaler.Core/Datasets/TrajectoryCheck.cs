using System.Text.Json;

namespace AgentScaler.Datasets;

/// <summary>Checks the rows of one file, in order.</summary>
/// <param name="kept">Whether it is the dataset itself; rejected transcripts may be malformed, which is why they were rejected.</param>
internal sealed class TrajectoryCheck(string file, bool kept)
{
    private readonly ToolSchemas schemas = new();
    private readonly List<DatasetProblem> found = [];
    private SortedDictionary<string, string>? shape;
    private string lastId = string.Empty;
    private long line;

    /// <summary>The problems of one row.</summary>
    public IReadOnlyList<DatasetProblem> Row(long number, string text)
    {
        line = number;
        found.Clear();
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 256 });
        }
        catch (JsonException e)
        {
            Report("$", $"expected JSON: {e.Message}");
            return [.. found];
        }

        using (document)
        {
            var row = document.RootElement;
            if (Expect(row, "$", JsonValueKind.Object))
            {
                CheckShape(row);
                CheckId(row);
                if (Has(row, "$", "messages", JsonValueKind.Array, out var messages) && Has(row, "$", "tools", JsonValueKind.Array, out var tools) && kept)
                {
                    CheckMessages(messages, tools);
                }

                if (!kept && Has(row, "$", "verdict", JsonValueKind.Object, out var verdict))
                {
                    foreach (var name in new[] { "stage", "reason", "attribution", "detail" })
                    {
                        Has(verdict, "$.verdict", name, JsonValueKind.String, out _);
                    }
                }
            }
        }

        return [.. found];
    }

    /// <summary>Keys and types of the row outside messages and tools must be those of the first row: columnar readers make one column of each.</summary>
    private void CheckShape(JsonElement row)
    {
        var these = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Describe(row, "$", these);
        shape ??= these;
        foreach (var (path, type) in shape)
        {
            if (!these.TryGetValue(path, out var other))
            {
                Report(path, "expected this key, which the first row has");
            }
            else if (other != type)
            {
                Report(path, $"expected {type} as in the first row, found {other}");
            }
        }

        foreach (var path in these.Keys.Where(path => !shape.ContainsKey(path)))
        {
            Report(path, "expected no such key, the first row has none");
        }
    }

    private static void Describe(JsonElement value, string path, SortedDictionary<string, string> shape)
    {
        foreach (var property in value.EnumerateObject())
        {
            var place = path + "." + property.Name;
            shape[place] = property.Value.ValueKind switch
            {
                JsonValueKind.True or JsonValueKind.False => "boolean",
                JsonValueKind.Null => "null, which is never written",
                var kind => kind.ToString().ToLowerInvariant(),
            };
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                Describe(property.Value, place, shape);
            }
        }
    }

    private void CheckId(JsonElement row)
    {
        if (!Has(row, "$", "metadata", JsonValueKind.Object, out var metadata))
        {
            return;
        }

        foreach (var name in new[] { "environment", "task", "generator", "schema_version" })
        {
            Has(metadata, "$.metadata", name, JsonValueKind.String, out _);
        }

        if (Has(metadata, "$.metadata", "episode", JsonValueKind.String, out var id))
        {
            if (string.CompareOrdinal(id.GetString(), lastId) <= 0)
            {
                Report("$.metadata.episode", $"expected an id after '{lastId}' (sorted, unique), found '{id.GetString()}'");
            }

            lastId = id.GetString()!;
        }
    }

    private void CheckMessages(JsonElement messages, JsonElement tools)
    {
        var declared = schemas.Of(tools, (path, expected) => Report(path, expected));
        var conversation = new ConversationCheck(declared, Report);
        var position = 0;
        foreach (var message in messages.EnumerateArray())
        {
            conversation.Next(message, $"$.messages[{position++}]");
        }

        conversation.End("$.messages");
    }

    private bool Expect(JsonElement value, string path, JsonValueKind kind)
    {
        if (value.ValueKind == kind)
        {
            return true;
        }

        Report(path, $"expected {kind.ToString().ToLowerInvariant()}, found {value.ValueKind.ToString().ToLowerInvariant()}");
        return false;
    }

    private bool Has(JsonElement parent, string path, string name, JsonValueKind kind, out JsonElement value)
    {
        if (parent.TryGetProperty(name, out value))
        {
            return Expect(value, path + "." + name, kind);
        }

        Report(path + "." + name, "expected this key, found none");
        return false;
    }

    private void Report(string path, string expected) => found.Add(new DatasetProblem(file, line, path, expected));
}
