using System.Text.Json;
using AgentScaler.Tools;

namespace AgentScaler.Graphs;

/// <summary>
/// Which identifiers a tool's result holds: from its schema, to depth 3; from what the tool does where the document declares no result.
/// </summary>
internal static class OutputFields
{
    private const int MaximumDepth = 3;

    /// <summary>Properties that only wrap what the tool is about.</summary>
    private static readonly HashSet<string> Wrappers = new(StringComparer.Ordinal)
    {
        "item", "data", "result", "value", "entry", "record", "list", "content", "row", "element", "response", "payload", "body", "object",
        "resource",
        "embedded", "hit", "edge", "node", "match", "output", "info", "information", "detail", "summary", "current", "latest", "all",
    };

    /// <summary>Verbs after which a result holds the thing they are about.</summary>
    private static readonly HashSet<string> Yielding = new(StringComparer.Ordinal)
    {
        "create", "add", "register", "post", "insert", "open", "make", "issue", "submit", "place", "book", "reserve", "schedule", "order",
        "start", "get", "list",
        "find", "search", "lookup", "fetch", "retrieve", "show", "query", "read", "view", "browse", "describe", "upload", "import", "clone",
        "copy", "duplicate",
    };

    /// <summary>The identifying fields, outermost first, then in the document's order.</summary>
    /// <param name="sought">All that the domain's tools take; what a tool without a declared result is asked for it may give, if it is
    /// about that thing.</param>
    public static IReadOnlyList<OutputField> Of(ToolSpec tool, IdentifierReader reader, IReadOnlyList<TakenParameter> sought)
    {
        var entity = ToolReading.Entity(tool);
        if (tool.Returns is { } returns && HasShape(returns))
        {
            var fields = new List<OutputField>();
            Walk(returns, string.Empty, 0, entity, reader, fields);
            return [.. fields.OrderBy(field => field.Depth)];
        }

        return entity.Count > 0 && Yields(tool) ? Infer(entity, sought) : [];
    }

    private static IReadOnlyList<OutputField> Infer(IReadOnlyList<string> entity, IReadOnlyList<TakenParameter> sought) =>
    [
        new OutputField(string.Join('_', entity) + "_id", 0, new IdentifierKey(entity, "id", IsExplicit: true), ValueTypes.Any, IsDeclared: false),
        .. sought
            .Where(item => item.Key.Kind is not ("id" or "name") && (item.Key.IsExplicit || !item.IsFilter))
            .Where(item => item.Key.Entity.SequenceEqual(entity, StringComparer.Ordinal))
            .DistinctBy(item => item.Name, StringComparer.Ordinal)
            .OrderBy(item => item.Name, StringComparer.Ordinal)
            .Select(item => new OutputField(item.Name, 0, item.Key, ValueTypes.Any, IsDeclared: false)),
    ];

    private static bool Yields(ToolSpec tool)
    {
        var first = Words.Tokens(tool.Name).FirstOrDefault() ?? string.Empty;
        return Yielding.Contains(first) || (!Words.IsVerb(first) && tool.Method is "GET" or "POST");
    }

    /// <summary>Whether a schema says anything about what is in the result.</summary>
    private static bool HasShape(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object
        && (schema.TryGetProperty("properties", out _)
            || (SchemaReading.Items(schema) is { } items && HasShape(items))
            || SchemaReading.Branches(schema).Any(HasShape));

    private static void Walk(
        JsonElement schema, string path, int depth, IReadOnlyList<string> owner, IdentifierReader reader, List<OutputField> fields)
    {
        if (depth > MaximumDepth || schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var branch in SchemaReading.Branches(schema))
        {
            Walk(branch, path, depth, owner, reader, fields);
        }

        if (SchemaReading.Items(schema) is { } items)
        {
            Walk(items, path + "[]", depth, owner, reader, fields);
        }

        if (!schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in properties.EnumerateObject())
        {
            AddProperty(property, path.Length == 0 ? property.Name : path + "." + property.Name, depth, owner, reader, fields);
        }
    }

    private static void AddProperty(
        JsonProperty property, string path, int depth, IReadOnlyList<string> owner, IdentifierReader reader, List<OutputField> fields)
    {
        var types = SchemaReading.Types(property.Value);
        var scalarPath = path;
        if (types == ValueTypes.None && SchemaReading.Items(property.Value) is { } items)
        {
            (types, scalarPath) = (SchemaReading.Types(items), path + "[]");
        }

        if (types != ValueTypes.None && !SchemaReading.IsListedOrDate(property.Value) && reader.ReadField(property.Name, owner) is { } key)
        {
            fields.Add(new OutputField(scalarPath, depth, key, types, IsDeclared: true));
        }

        IReadOnlyList<string> words = [.. Words.Tokens(property.Name).Where(word => !Words.IsSmallWord(word)).Select(Words.Singular)];
        var inner = words.Count == 0 || Wrappers.Contains(words[^1]) ? owner : words;
        Walk(property.Value, path, depth + 1, inner, reader, fields);
    }
}
