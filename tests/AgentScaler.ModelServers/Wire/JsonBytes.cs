using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AgentScaler.ModelServers.Wire;

/// <summary>JSON as bytes, text in UTF-8 rather than escaped, as endpoints send it.</summary>
internal static class JsonBytes
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>What a writer writes.</summary>
    public static ReadOnlyMemory<byte> Write<T>(T of, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        Append(buffer, of, write);
        return buffer.WrittenMemory;
    }

    /// <summary>Writes into a buffer.</summary>
    public static void Append<T>(IBufferWriter<byte> buffer, T of, Action<Utf8JsonWriter, T> write)
    {
        using var writer = new Utf8JsonWriter(buffer, Plain);
        write(writer, of);
    }

    /// <summary>OpenAI's shape of an error.</summary>
    public static ReadOnlyMemory<byte> Error(string message, string type, string? code = null, string? param = null) => Write((message, type, code, param), static (json, error) =>
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", error.message);
        json.WriteString("type", error.type);
        json.WriteString("param", error.param);
        json.WriteString("code", error.code);
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
