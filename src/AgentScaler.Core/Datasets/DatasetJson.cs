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

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            MaxDepth = 256,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
