using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Engine;

/// <summary>The texts by which an isolate learns an environment and a session's changed rows; see <c>install</c> and <c>load</c> in runtime.js.</summary>
internal static class IsolateSetup
{
    /// <summary>The environment: frozen time, collections, base rows.</summary>
    public static string Write(LoadedEnvironment environment) => WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteString("now", environment.Now);
        json.WriteBoolean("keepOnError", environment.Package.KeepChangesOnError);
        json.WriteBoolean("inGivenOrder", environment.Package.Values == ValueRules.Python);
        json.WriteStartArray("collections");
        foreach (var collection in environment.Collections)
        {
            json.WriteStartArray();
            json.WriteStringValue(collection.Spec.Name);
            json.WriteStringValue(collection.Spec.Key);
            json.WriteBooleanValue(collection.Spec.KeyOutside);
            json.WriteStringValue(HasIntegerKey(collection.Spec) ? "integer" : HasUuidKey(collection.Spec) ? "uuid" : "code");
            json.WriteStringValue(IdPrefix(collection.Spec.Entity));
            json.WriteStartArray();
            foreach (var key in collection.Keys)
            {
                json.WriteStringValue(key);
            }

            json.WriteEndArray();
            json.WriteStartArray();
            foreach (var key in collection.Keys)
            {
                json.WriteStringValue(collection.Rows[key].Canonical);
            }

            json.WriteEndArray();
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>SHA-256 of the environment with its programs, 64 hexadecimal digits.</summary>
    public static string HashOf(LoadedEnvironment environment) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(WriteJson(json =>
    {
        json.WriteStartArray();
        json.WriteStringValue(environment.Package.Values.ToString());
        json.WriteStringValue(environment.Setup);
        foreach (var tool in environment.Tools)
        {
            json.WriteStringValue(tool.Tool.Name);
            json.WriteStringValue(tool.Program.Function);
        }

        json.WriteEndArray();
    }))));

    /// <summary>A session's changed rows: <c>[[collection, key, text or null], ...]</c>.</summary>
    public static string WriteOverlay(IReadOnlyList<Dictionary<string, StoredRow?>?> overlays) => WriteJson(json =>
    {
        json.WriteStartArray();
        for (var i = 0; i < overlays.Count; i++)
        {
            // Their order reaches nothing: the isolate keeps them in a map and sorts keys itself.
            foreach (var (key, row) in overlays[i] ?? [])
            {
                json.WriteStartArray();
                json.WriteNumberValue(i);
                json.WriteStringValue(key);
                json.WriteStringValue(row?.Canonical);
                json.WriteEndArray();
            }
        }

        json.WriteEndArray();
    });

    /// <summary><c>book_</c>, <c>pay_</c> (payment), <c>oi_</c> (order item): what a generated key of the entity starts with.</summary>
    internal static string IdPrefix(string entity)
    {
        var words = entity.Split(['_', ' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        var letters = words.Length switch
        {
            0 => "id",
            1 => words[0].Length <= 5 ? words[0] : words[0][..3],
            _ => string.Concat(words.Select(word => word[0])),
        };
        return letters.ToLowerInvariant() + "_";
    }

    private static bool HasIntegerKey(CollectionSpec collection)
    {
        var type = collection.Fields.FirstOrDefault(field => field.Name == collection.Key)?.Type;
        if (type is not { ValueKind: JsonValueKind.Object } schema || !schema.TryGetProperty("type", out var name))
        {
            return false;
        }

        return name.ValueKind == JsonValueKind.Array ? name.EnumerateArray().Any(IsNumeric) : IsNumeric(name);

        static bool IsNumeric(JsonElement type) => type.ValueKind == JsonValueKind.String && type.GetString() is "integer" or "number";
    }

    private static bool HasUuidKey(CollectionSpec collection) => collection.Fields.FirstOrDefault(field => field.Name == collection.Key)?.Type
        is { ValueKind: JsonValueKind.Object } schema && schema.TryGetProperty("format", out var format) && format.ValueEquals("uuid");

    private static string WriteJson(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
