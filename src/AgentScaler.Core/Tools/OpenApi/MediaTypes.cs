using System.Text.Json;
using AgentScaler.Tools.Reading;
using AgentScaler.Tools.Schemas;

namespace AgentScaler.Tools.OpenApi;

/// <summary>Chooses among the media types of a <c>content</c> object: JSON, then forms, then whatever has a schema.</summary>
internal static class MediaTypes
{
    /// <summary>The preferred schema, or null if no media type has one.</summary>
    /// <param name="holder">An object with <c>content</c>: a request body, a response or a parameter.</param>
    public static SchemaPart? Schema(JsonElement holder, JsonPlace place)
    {
        if (holder.Member("content", JsonValueKind.Object) is not { } content)
        {
            return null;
        }

        SchemaPart? best = null;
        var bestRank = int.MaxValue;
        foreach (var media in content.EnumerateObject())
        {
            var rank = Rank(media.Name);
            if (rank < bestRank && media.Value.ValueKind == JsonValueKind.Object && media.Value.TryGetProperty("schema", out var schema))
            {
                best = new SchemaPart(schema, place.Down("content").Down(media.Name).Down("schema"));
                bestRank = rank;
            }
        }

        return best;
    }

    private static int Rank(string media)
    {
        var type = media.Split(';', 2)[0].Trim().ToLowerInvariant();
        return type switch
        {
            "application/json" => 0,
            _ when type.EndsWith("+json", StringComparison.Ordinal) || type.EndsWith("/json", StringComparison.Ordinal) => 1,
            "*/*" or "application/*" => 2,
            "application/x-www-form-urlencoded" => 3,
            "multipart/form-data" => 4,
            _ => 5,
        };
    }
}
