using System.Text.Json;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Finds the rows within a declared result.</summary>
internal static class ResultReader
{
    private static readonly string[] Wrappers = ["data", "result", "results", "item", "response", "record", "resource", "payload"];

    /// <summary>What stands beside the matter in an envelope: how the call went, where the next page is.</summary>
    private static readonly string[] Beside =
    [
        "meta", "metadata", "links", "_links", "included", "jsonapi", "errors", "error", "success", "ok", "status", "code", "message", "messages", "request_id", "requestid", "paging", "pagination",
        "warnings", "kind", "etag", "operation", "service", "status_code", "context", "odata_context", "timestamp", "time", "version", "done", "name", "count", "debug", "rate_limit",
    ];

    /// <summary>What tells how a call went, and nothing of what it was about.</summary>
    private static readonly string[] Acknowledging =
        ["code", "message", "messages", "msg", "success", "ok", "error", "errors", "request_id", "requestid", "trace_id", "timestamp", "status", "status_code", "detail", "warnings"];

    private static readonly string[] ArrayWrappers = ["items", "data", "results", "entries", "records", "values", "list", "content", "resources"];

    /// <summary>Whether a result is an array, or an object that carries one of rows.</summary>
    public static bool HoldsArray(JsonElement? returns) => returns is { } schema && ReadMany(schema, "").Path is not null;

    /// <summary>Whether a result is about several things: an array of whatever kind, or an object that is no row and carries just one.</summary>
    public static bool HoldsList(JsonElement? returns) => HoldsArray(returns) || (returns is { } schema && (TypeOf(schema) == "array"
        || (Properties(schema).Count(property => TypeOf(property.Value) == "array") == 1 && !Properties(schema).Any(property => property.Name is "id" or "name"))));

    /// <summary>Whether a result is a page: rows, and where the next ones are.</summary>
    public static bool HoldsPage(JsonElement? returns) => returns is { } schema && HoldsArray(schema) && TypeOf(schema) == "object"
        && Properties(schema).All(property => ArrayWrappers.Contains(property.Name) || TypeOf(property.Value) != "object")
        && Properties(schema).Any(property => ArrayWrappers.Contains(property.Name))
        && Properties(schema).Any(property => Paging.RoleOf(property.Name) != Paging.Role.None);

    /// <summary>Finds the row (or with <paramref name="many"/> the array of rows) in a declared result.</summary>
    /// <param name="writes">Whether the tool changes something, so that its result may be no more than word of it.</param>
    public static ResultShape Read(JsonElement? returns, string entity, bool many, bool writes = false) => returns switch
    {
        null => ResultShape.Undeclared,
        { } schema when many => ReadMany(schema, entity) is { Row: not null } rows ? rows : ReadTheOne(schema, entity),
        { } schema when writes && IsAcknowledgement(schema) => new ResultShape(schema, null, null),
        { } schema => ReadOne(schema, entity),
    };

    /// <summary>Whether a result only tells that a call went well: <c>{ success, message }</c>.</summary>
    public static bool IsAcknowledgement(JsonElement schema) => TypeOf(schema) == "object" && Properties(schema).Any()
        && Properties(schema).All(property => Acknowledges(property.Name) && FieldSchemas.EnumOf(property.Value).Count == 0
            && TypeOf(property.Value) != "object");

    /// <summary>Whether a property tells how a call went, and nothing of what it was about.</summary>
    public static bool Acknowledges(string property) => Acknowledging.Contains(string.Join('_', Words.Tokens(property)));

    /// <summary>The properties of an object schema; none if it is no object.</summary>
    public static IEnumerable<JsonProperty> Properties(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject()
            : [];

    /// <summary>A schema's type, <c>object</c> if it only lists properties, or null.</summary>
    public static string? TypeOf(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String)
        {
            return type.GetString();
        }

        return schema.TryGetProperty("properties", out _) ? "object" : null;
    }

    /// <summary>The one thing that a listing without rows is about; neither keys nor counts are a thing.</summary>
    private static ResultShape ReadTheOne(JsonElement schema, string entity) =>
        TypeOf(schema) == "object" && KeysOf(schema) is null && ReadOne(schema, entity) is { Row: { } row } one
            && Properties(row).Any(property => !IsCount(property.Name) && Paging.RoleOf(property.Name) == Paging.Role.None)
            ? one with { IsOne = true }
            : new ResultShape(schema, null, null);

    /// <summary>Whether a property says how many rows there are.</summary>
    public static bool IsCount(string property) => Words.Tokens(property) is ["total", .., "count" or "items" or "results" or "records" or "rows"] || string.Join('_', Words.Tokens(property)) is "total" or "count" or "total_count" or "size" or "total_results" or "total_items" or "num_results"
        or "total_size" or "num_found" or "total_elements";

    private static ResultShape ReadOne(JsonElement schema, string entity)
    {
        if (TypeOf(schema) != "object")
        {
            // What is asked for by a key and comes as an array is an array of one.
            return RowsOf(schema) is { } only ? new ResultShape(schema, "", only) : new ResultShape(schema, null, null);
        }

        var properties = Properties(schema).ToList();
        if (IsOperation(properties) && entity != "operation")
        {
            // What a long-running operation leads to: any object, so the row itself.
            var response = properties.First(property => property.Name == "response");
            return new ResultShape(schema, response.Name, response.Value);
        }

        var wrapped = !MayWrap(properties) ? default : properties.FirstOrDefault(property =>
            (Wrappers.Contains(property.Name) || Singular(property.Name) == entity || (properties.Count == 1 && Properties(property.Value).Count() > 1)) && Properties(property.Value).Any());
        return wrapped.Value.ValueKind == JsonValueKind.Object
            ? new ResultShape(schema, wrapped.Name, wrapped.Value)
            : properties.Count > 0 ? new ResultShape(schema, "", schema) : new ResultShape(schema, null, null);
    }

    /// <summary>Whether a result is a long-running operation, an envelope around what it leads to: <c>done</c>, and a <c>response</c> of any shape.</summary>
    private static bool IsOperation(List<JsonProperty> properties) => properties.Any(property => property.Name == "done" && TypeOf(property.Value) == "boolean")
        && properties.Any(property => property.Name == "response" && TypeOf(property.Value) == "object" && !Properties(property.Value).Any());

    /// <summary>Whether properties could be an envelope's: few, or all of the kind that stands around the matter, and no id among them.</summary>
    private static bool MayWrap(List<JsonProperty> properties) => properties.All(property => property.Name != "id")
        && (properties.Count <= 3 || properties.All(property => Wrappers.Contains(property.Name) || Beside.Contains(string.Join('_', Words.Tokens(property.Name)))));

    private static ResultShape ReadMany(JsonElement schema, string entity)
    {
        if (TypeOf(schema) == "array")
        {
            return RowsOf(schema) is { } row ? new ResultShape(schema, "", row) : new ResultShape(schema, null, null);
        }

        var arrays = Properties(schema).Where(property => RowsOf(property.Value) is not null).ToList();
        var best = arrays.FirstOrDefault(property => Singular(property.Name) == entity);
        best = best.Value.ValueKind == JsonValueKind.Object ? best : arrays.FirstOrDefault(property => ArrayWrappers.Contains(property.Name));
        best = best.Value.ValueKind == JsonValueKind.Object ? best : arrays.FirstOrDefault(property => Properties(property.Value.GetProperty("items")).Any());
        best = best.Value.ValueKind == JsonValueKind.Object ? best : arrays.FirstOrDefault();
        return best.Value.ValueKind == JsonValueKind.Object
            ? new ResultShape(schema, best.Name, RowsOf(best.Value))
            : new ResultShape(schema, null, null);
    }

    private static JsonElement? RowsOf(JsonElement schema) =>
        TypeOf(schema) == "array" && schema.TryGetProperty("items", out var items) && TypeOf(items) == "object" ? items : null;

    /// <summary>The property that lists keys of rows (<c>clusterArns</c>: an array of texts) in a result without rows, or null.</summary>
    public static string? KeysOf(JsonElement? returns) => returns is { } schema && TypeOf(schema) == "object"
        && Properties(schema).Where(property => TypeOf(property.Value) == "array").ToList() is [var only]
        && only.Value.TryGetProperty("items", out var items) && TypeOf(items) == "string" && FieldSchemas.EnumOf(items).Count == 0
            ? only.Name
            : null;

    private static string Singular(string name)
    {
        var tokens = Words.Tokens(name).ToArray();
        if (tokens.Length > 0)
        {
            tokens[^1] = Words.Singular(tokens[^1]);
        }

        return string.Join('_', tokens);
    }
}
