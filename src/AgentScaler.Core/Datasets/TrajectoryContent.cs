using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Json;
using AgentScaler.Storage;

namespace AgentScaler.Datasets;

/// <summary>What a trainer would see of a trajectory: who said what, which calls with which arguments, which results. Ids and lineage don't count.</summary>
internal static class TrajectoryContent
{
    private static readonly string[] Said = ["role", "content", "reasoning_content", "name"];

    /// <summary>SHA-256 of a record's content, 64 lower-case hexadecimal digits.</summary>
    /// <exception cref="StoreException">The line is no record.</exception>
    public static string HashOf(string line, string artifact)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 256 });
            return Sha256Text.Of(CanonicalJson.Serialize(document.RootElement.GetProperty("messages").EnumerateArray().Select(Content).ToArray()));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new StoreException($"artifact '{artifact}': expected a trajectory a line: {e.Message}", e);
        }
    }

    private static SortedDictionary<string, JsonElement> Content(JsonElement message)
    {
        var content = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var name in Said)
        {
            if (message.TryGetProperty(name, out var value))
            {
                content[name] = value;
            }
        }

        if (message.TryGetProperty("tool_calls", out var calls))
        {
            var functions = calls.EnumerateArray().Select(call => call.GetProperty("function")).ToArray();
            content["calls"] = JsonSerializer.SerializeToElement(functions);
        }

        return content;
    }
}
