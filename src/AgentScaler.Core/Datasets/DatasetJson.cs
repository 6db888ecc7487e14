using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AgentScaler.Json;

namespace AgentScaler.Datasets;

/// <summary>How records of a dataset are written: snake_case as the consumers expect, keys left out rather than null, canonical text.</summary>
public static class DatasetJson
{
    /// <summary>The one set of options for records; read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>A record as one line, without the line feed.</summary>
    public static string Line<T>(T record) => CanonicalJson.Write(JsonSerializer.SerializeToElement(record, Options));

    /// <summary>Reads a record.</summary>
    /// <exception cref="JsonException">It is no record of that kind.</exception>
    public static T Read<T>(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize<T>(line, Options) ?? throw new JsonException($"expected {typeof(T).Name}, found null");

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            MaxDepth = 256,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
