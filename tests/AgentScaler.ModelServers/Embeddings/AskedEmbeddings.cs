using System.Runtime.InteropServices;
using System.Text.Json;
using AgentScaler.ModelServers.Chat;
using AgentScaler.ModelServers.Faults;
using AgentScaler.ModelServers.Wire;

namespace AgentScaler.ModelServers.Embeddings;

/// <summary>Embeddings asked for, of one text or many, as numbers or as base64 of 32-bit floats.</summary>
internal sealed class AskedEmbeddings : IAsked
{
    private const int MostInputs = 2048;
    private const int MostNumbers = 4096;

    private readonly IReadOnlyList<string> texts;
    private readonly int size;
    private readonly bool base64;

    /// <exception cref="ApiException">The body is no such request.</exception>
    public AskedEmbeddings(RequestBody body, int size)
    {
        var root = body.Root;
        Model = body.Deployment ?? root.Required("model", JsonValueKind.String, "").GetString()!;
        texts = Texts(root);
        this.size = root.Count("dimensions") ?? size;
        base64 = root.Text("encoding_format") switch
        {
            null or "float" => false,
            "base64" => true,
            var other => throw ApiException.BadRequest($"Invalid value: '{other}'. Supported values are: 'float' and 'base64'.", "encoding_format"),
        };
        Demand(this.size <= MostNumbers, $"'dimensions' must be at most {MostNumbers}.", "dimensions");
        PromptTokens = texts.Sum(TokenCount.Of);
    }

    public string Model { get; }

    public long PromptTokens { get; }

    public long MostTokens => texts.Max(TokenCount.Of);

    public ValueTask<MadeAnswer> MakeAsync(FaultDraw draw, string id, CancellationToken cancellation) =>
        ValueTask.FromResult(new MadeAnswer([JsonBytes.Write(this, Write)], MadeAnswer.Json, new ChatUsage(PromptTokens, 0)));

    private static void Write(Utf8JsonWriter json, AskedEmbeddings asked)
    {
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        for (var i = 0; i < asked.texts.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("object", "embedding");
            json.WriteNumber("index", i);
            asked.WriteVector(json, WordVectors.Of(asked.texts[i], asked.size));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("model", asked.Model);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", asked.PromptTokens);
        json.WriteNumber("total_tokens", asked.PromptTokens);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteVector(Utf8JsonWriter json, float[] vector)
    {
        if (base64)
        {
            json.WriteBase64String("embedding", MemoryMarshal.AsBytes<float>(vector));
            return;
        }

        json.WriteStartArray("embedding");
        foreach (var number in vector)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static string[] Texts(JsonElement root)
    {
        Demand(root.TryGetProperty("input", out var input), "Missing required parameter: 'input'.");
        string[] texts = input.ValueKind switch
        {
            JsonValueKind.String => [input.GetString()!],
            JsonValueKind.Array when input.EnumerateArray().All(i => i.ValueKind is JsonValueKind.String) => [.. input.EnumerateArray().Select(i => i.GetString()!)],
            _ => throw Fields.Wrong("input", "String or Array of String", input),
        };
        Demand(texts.Length is > 0 and <= MostInputs, $"'input' must have 1 to {MostInputs} items.");
        Demand(texts.All(t => t.Length > 0), "'input' cannot be an empty string.");
        return texts;
    }

    private static void Demand(bool kept, string message, string param = "input")
    {
        if (!kept)
        {
            throw ApiException.BadRequest(message, param);
        }
    }
}
