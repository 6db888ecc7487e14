using System.Text;
using System.Text.Json;
using AgentScaler.Environments.Packages;
using AgentScaler.Models;

namespace AgentScaler.Episodes.Modelled;

/// <summary>Tool calls as text, in the form of Hermes and Qwen: <c>&lt;tool_call&gt;{"name", "arguments"}&lt;/tool_call&gt;</c>.</summary>
internal static class HermesCalls
{
    private const string Open = "<tool_call>";
    private const string Close = "</tool_call>";

    /// <summary>Takes the calls out of a text. A last call whose end is missing is one too; one that can't be read has the whole of its text as arguments.</summary>
    public static (string? Text, IReadOnlyList<ModelToolCall> Calls) Take(string text)
    {
        var rest = new StringBuilder();
        var calls = new List<ModelToolCall>();
        var at = 0;
        for (var start = text.IndexOf(Open, StringComparison.Ordinal); start >= 0; start = text.IndexOf(Open, at, StringComparison.Ordinal))
        {
            rest.Append(text, at, start - at);
            start += Open.Length;
            var end = text.IndexOf(Close, start, StringComparison.Ordinal);
            calls.Add(Read(text[start..(end < 0 ? text.Length : end)].Trim(), calls.Count));
            at = end < 0 ? text.Length : end + Close.Length;
        }

        rest.Append(text, at, text.Length - at);
        return (rest.ToString().Trim() is { Length: > 0 } said ? said : null, calls);
    }

    /// <summary>A call as text.</summary>
    public static string Write(EpisodeToolCall call) =>
        $"{Open}\n{{\"name\": {JsonSerializer.Serialize(call.Name)}, \"arguments\": {call.Arguments.GetRawText()}}}\n{Close}";

    /// <summary>A result as text.</summary>
    public static string WriteResult(string content) => $"<tool_response>\n{content}\n</tool_response>";

    /// <summary>The tools as the prompt lists them, one a line.</summary>
    public static string Describe(IEnumerable<PackageTool> tools) => string.Join('\n', tools.Select(tool => JsonSerializer.Serialize(new
    {
        type = "function",
        function = new { name = tool.Name, description = tool.Spec.Description, parameters = AgentTools.Schema(tool) },
    })));

    private static ModelToolCall Read(string text, int number)
    {
        var id = "call_" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } call && call.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String)
            {
                return new ModelToolCall(id, name.GetString()!, call.TryGetProperty("arguments", out var arguments) ? Text(arguments) : "{}");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Answered as any malformed call.
        }

        return new ModelToolCall(id, NameIn(text), text);
    }

    /// <summary>Some write the arguments as a string of JSON, as the API does.</summary>
    private static string Text(JsonElement arguments) => arguments.ValueKind == JsonValueKind.String ? arguments.GetString()! : arguments.GetRawText();

    private static string NameIn(string text)
    {
        const string Key = "\"name\":";
        var start = text.IndexOf(Key, StringComparison.Ordinal);
        var open = start < 0 ? -1 : text.IndexOf('"', start + Key.Length);
        var end = open < 0 ? -1 : text.IndexOf('"', open + 1);
        return end < 0 ? "unknown" : text[(open + 1)..end];
    }
}
