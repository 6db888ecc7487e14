using System.Text.Json;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>
/// What one would expect to be told about an entity of which no tool declares a result: by its head noun where that is a common one, else a name, a description and
/// when it last changed. Without this, a tool could only answer with what it was asked.
/// </summary>
internal static class Facets
{
    private const string Text = """{"type":"string"}""";
    private const string Moment = """{"type":"string","format":"date-time"}""";
    private const string Day = """{"type":"string","format":"date"}""";
    private const string Count = """{"type":"integer","minimum":0,"maximum":500}""";
    private const string Percent = """{"type":"integer","minimum":0,"maximum":100}""";
    private const string Money = """{"type":"number","minimum":1,"maximum":900}""";
    private const string Rating = """{"type":"number","minimum":1,"maximum":5}""";
    private const string Year = """{"type":"integer","minimum":1950,"maximum":2025}""";

    /// <summary>
    /// Nouns that mean this where they are the whole name, and something else in most compounds: a file share is no stock, a data store no shop, a cloud event
    /// no concert.
    /// </summary>
    private static readonly string[] Ambiguous =
        ["stock", "coin", "rate", "store", "place", "station", "bar", "park", "event", "match", "game", "post", "show", "track", "series", "item", "profile", "offer", "listing", "balance", "performance", "score", "rank", "book", "trip", "owner", "image"];

    private static readonly (string[] Nouns, (string Name, string Schema)[] Fields)[] Known =
    [
        (["weather", "forecast", "climate", "temperature"],
            [("temperature", """{"type":"number","minimum":-20,"maximum":40}"""), ("humidity", Percent), ("condition", """{"type":"string","enum":["clear","cloudy","rain","snow","storm"]}""")]),
        (["price", "quote", "cost", "fee", "fare", "tax", "salary", "revenue", "payment", "valuation", "balance"],
            [("amount", Money), ("currency", """{"type":"string","enum":["EUR","GBP","USD"]}"""), ("updated_at", Moment)]),
        (["rate"], [("rate", """{"type":"number","minimum":0.1,"maximum":20}"""), ("updated_at", Moment)]),
        (["stock", "crypto", "cryptocurrency", "coin"], [("price", Money), ("change_percent", """{"type":"number","minimum":-9,"maximum":9}"""), ("volume", Count)]),
        (["score", "ranking", "standing", "leaderboard", "rank"], [("score", Count), ("rank", """{"type":"integer","minimum":1,"maximum":50}"""), ("updated_at", Moment)]),
        (["stat", "stats", "statistic", "statistics", "analytics", "metric", "usage", "performance"], [("total", Count), ("average", Money), ("updated_at", Moment)]),
        (["distance", "itinerary", "driving_direction"],
            [("distance_km", """{"type":"number","minimum":1,"maximum":2000}"""), ("duration_minutes", """{"type":"integer","minimum":5,"maximum":900}""")]),
        (["restaurant", "hotel", "store", "shop", "place", "station", "venue", "cafe", "bar", "museum", "park", "hospital", "clinic", "gym"],
            [("name", Text), ("address", Text), ("phone", Text), ("rating", Rating)]),
        (["recipe", "meal", "dish"], [("title", Text), ("servings", """{"type":"integer","minimum":1,"maximum":12}"""), ("minutes", """{"type":"integer","minimum":5,"maximum":180}""")]),
        (["movie", "film", "book", "song", "album", "track", "show", "series"], [("title", Text), ("year", Year), ("rating", Rating)]),
        (["event", "concert", "match", "fixture", "game"], [("title", Text), ("date", Day), ("location", Text)]),
        (["article", "news", "post", "blog", "paper", "publication"], [("title", Text), ("url", """{"type":"string","format":"uri"}"""), ("published_at", Moment)]),
        (["user", "person", "player", "contact", "customer", "employee", "member", "patient", "profile", "author", "owner"],
            [("name", Text), ("email", """{"type":"string","format":"email"}"""), ("phone", Text)]),
        (["flight", "train", "trip"], [("departure_at", Moment), ("arrival_at", Moment), ("price", Money)]),
        (["vacancy", "job_posting", "job_offer", "job_listing", "job_opening"], [("title", Text), ("company", Text), ("posted_at", Moment)]),
        (["product", "item", "listing", "offer"], [("name", Text), ("price", Money), ("quantity", Count)]),
        (["comment", "review", "message", "note"], [("author", Text), ("text", Text), ("created_at", Moment)]),
        (["file", "document", "image", "video", "attachment", "photo"], [("name", Text), ("size", Count), ("created_at", Moment)]),
    ];

    private static readonly (string Name, string Schema)[] Any = [("name", Text), ("description", Text), ("updated_at", Moment)];

    /// <summary>Names and schemas of the fields to add.</summary>
    /// <param name="known">The fields there are already; one that says the same is not added.</param>
    public static IReadOnlyList<(string Name, JsonElement Schema)> Of(string entity, IEnumerable<string> known)
    {
        var words = Words.Tokens(entity);
        var head = words.Count > 0 ? words[^1] : "";
        var two = words.Count > 1 ? $"{words[^2]}_{head}" : head;
        var fields = Known.FirstOrDefault(facet => facet.Nouns.Contains(two) || (facet.Nouns.Contains(head) && (words.Count == 1 || !Ambiguous.Contains(head)))).Fields ?? Any;
        var taken = known.ToList();
        return [.. fields.Where(field => SchemaBuilder.FieldNamed(taken, field.Name, entity) is null).Select(field => (field.Name, JsonElement.Parse(field.Schema)))];
    }
}
