using System.Globalization;
using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Environments.Engine;

/// <summary>Says precisely what is wrong with arguments that are no JSON object, so that whoever wrote them can write them right.</summary>
internal static class MalformedArguments
{
    private const string Expected = "expected a JSON object with the tool's parameters";

    /// <summary>What is wrong.</summary>
    /// <param name="arguments">A JSON string with what was written.</param>
    public static string Describe(JsonElement arguments)
    {
        var text = JsonText.Of(arguments);
        if (string.IsNullOrWhiteSpace(text))
        {
            return "the arguments are empty; " + Expected;
        }

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? "the arguments hold text that is none (half of a surrogate pair); " + Expected
                : $"the arguments are JSON of the kind {document.RootElement.ValueKind.ToString().ToLowerInvariant()}; {Expected}";
        }
        catch (JsonException e)
        {
            var position = string.Create(CultureInfo.InvariantCulture, $"line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}");
            var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            return $"the arguments are not valid JSON at {position}: {(end < 0 ? e.Message : e.Message[..end])} {Expected}";
        }
    }
}
