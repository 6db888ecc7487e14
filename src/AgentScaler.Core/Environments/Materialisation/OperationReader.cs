using System.Text.Json;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Reads what a tool does from its method and path, or, for a function, from its name.</summary>
internal static class OperationReader
{
    private static readonly string[] Prepositions = ["by", "for", "to", "from", "of", "in", "with", "on", "at", "into", "using", "via"];

    private static readonly string[] Trailers = ["details", "detail", "info", "information", "record", "records", "data", "profile", "all", "status"];

    private static readonly string[] SearchWords = ["search", "query", "find", "lookup"];

    /// <summary>Reads a tool's operation.</summary>
    /// <param name="reason">Why it is none that can be materialised; null on success.</param>
    public static Operation? Read(ToolSpec tool, out string? reason)
    {
        var operation = tool.Path is null ? ReadName(tool) : ReadPath(tool);
        reason = operation switch
        {
            null => "neither its method and path nor its name tell what it does",
            { KeyParameter: null, Kind: OperationKind.Get or OperationKind.Update or OperationKind.Delete or OperationKind.Status } =>
                "no parameter names the row it works on",
            { Entity.Length: 0 } => "its name holds no noun for an entity",
            _ => null,
        };
        return reason is null ? operation : null;
    }

    private static Operation? ReadPath(ToolSpec tool)
    {
        var path = tool.Path!.Split('?', '#')[0];
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => !IsVersion(segment)).ToArray();
        var resource = Array.FindLastIndex(segments, segment => !IsParameter(segment));
        if (resource < 0 || segments.Zip(segments.Skip(1)).Any(pair => IsParameter(pair.First) && IsParameter(pair.Second)))
        {
            // Two keys in a row make one compound key, which no collection here has.
            return null;
        }

        var key = resource + 1 < segments.Length ? ParameterName(segments[^1]) : null;
        var before = resource > 0 && IsParameter(segments[resource - 1]) ? ParameterName(segments[resource - 1]) : null;
        var entity = EntityOf(segments[resource]);
        var parents = Parents(segments, key is null ? segments.Length : resource + 1);
        var body = HasBody(tool);
        if (key is not null)
        {
            return tool.Method switch
            {
                // A page of rows under a key: the key is what they belong to.
                "GET" when ResultReader.HoldsPage(tool.Returns) => new Operation(OperationKind.List, entity, null, null, [.. parents, new(key, entity)]),
                "GET" => new Operation(OperationKind.Get, entity, key, null, parents),
                "PUT" or "PATCH" or "POST" => new Operation(OperationKind.Update, entity, key, null, parents),
                "DELETE" => new Operation(OperationKind.Delete, entity, key, null, parents),
                _ => null,
            };
        }

        // .../books/{id}/<word>: a transition, a part of the book, or a collection below it.
        var owner = before is not null && resource > 1 ? EntityOf(segments[resource - 2]) : null;
        var tokens = Words.Tokens(segments[resource]);
        if (SearchWords.Contains(tokens[0]))
        {
            return resource > 0 && !IsParameter(segments[resource - 1])
                ? new Operation(QueryParameterOf(tool) is null ? OperationKind.List : OperationKind.Search, EntityOf(segments[resource - 1]), null, null, Parents(segments, resource - 1))
                : null;
        }

        if (tool.Method is "POST" or "PUT" or "PATCH" && before is not null && owner is not null
            && Verbs.Read(tokens) is { Kind: OperationKind.Status } transition)
        {
            return new Operation(OperationKind.Status, owner, before, transition.Verb, Parents(segments, resource - 1));
        }

        var plural = tokens[^1] != Words.Singular(tokens[^1]);
        switch (tool.Method)
        {
            case "GET" when tokens is ["me"]:
                return null;
            case "GET" when ResultReader.HoldsArray(tool.Returns) || (plural && !ResultReader.Properties(tool.Returns ?? default).Any()):
                return new Operation(OperationKind.List, entity, null, null, parents);
            case "GET" when owner is not null:
                return new Operation(OperationKind.Get, owner, before, null, Parents(segments, resource - 1));
            case "POST" when plural || owner is null:
                return new Operation(OperationKind.Create, entity, null, null, parents);
            case "PUT" or "PATCH" when owner is not null && body:
                return new Operation(OperationKind.Update, owner, before, null, Parents(segments, resource - 1));
            default:
                return null;
        }
    }

    private static Operation? ReadName(ToolSpec tool)
    {
        var tokens = Words.Tokens(tool.Name);
        var start = 0;
        if (Verbs.Read(tokens) is not { } verb)
        {
            // calendar_create_event, users_list: the provider or the noun stands in front.
            start = Enumerable.Range(0, tokens.Count).FirstOrDefault(i => Verbs.IsPlain(tokens[i]), -1);
            if (start < 0)
            {
                return null;
            }

            verb = Verbs.Read([tokens[start]])!.Value;
        }

        var nouns = tokens.Skip(start + verb.Tokens).Any() ? tokens.Skip(start + verb.Tokens) : tokens.Take(start);
        return ReadName(tool, verb, nouns);
    }

    private static Operation? ReadName(ToolSpec tool, (OperationKind Kind, string Verb, int Tokens) verb, IEnumerable<string> words)
    {
        var nouns = words.TakeWhile(token => !Prepositions.Contains(token)).ToList();
        while (nouns.Count > 1 && Trailers.Contains(nouns[^1]))
        {
            nouns.RemoveAt(nouns.Count - 1);
        }

        while (nouns.Count > 1 && nouns[0] is "new" or "current" or "all" or "my" or "available" or "a" or "an" or "the")
        {
            nouns.RemoveAt(0);
        }

        if (nouns.Count == 0)
        {
            return null;
        }

        var plural = nouns[^1] != Words.Singular(nouns[^1]);
        nouns[^1] = Words.Singular(nouns[^1]);
        var entity = string.Join('_', nouns);
        var key = KeyParameterOf(tool, entity);
        var kind = verb.Kind switch
        {
            OperationKind.Get when key is null || (plural && !IsRequired(tool, key)) => OperationKind.List,
            OperationKind.Search when QueryParameterOf(tool) is null => OperationKind.List,
            var other => other,
        };
        if (kind is OperationKind.List or OperationKind.Search or OperationKind.Create)
        {
            key = null;
        }

        return new Operation(kind, entity, key, verb.Kind == OperationKind.Status ? verb.Verb : null, []);
    }

    /// <summary>The parameter by which a search tool takes free text, or null.</summary>
    public static string? QueryParameterOf(ToolSpec tool)
    {
        string[] names = ["query", "q", "search", "term", "keyword", "keywords", "text", "search_term", "search_text", "search_query", "name_query"];
        return ParameterNames(tool).FirstOrDefault(name => names.Contains(string.Join('_', Words.Tokens(name))) && TypeOf(tool, name) == "string");
    }

    /// <summary>The entity a parameter's name points to (<c>member_id</c>: member), or null.</summary>
    public static string? EntityNamedBy(string parameter)
    {
        var tokens = Words.Tokens(parameter);
        return tokens.Count > 1 && tokens[^1] is "id" or "sid" or "uuid" or "key" or "code" or "number" or "no" or "ref" or "reference"
            ? string.Join('_', tokens.Take(tokens.Count - 1))
            : null;
    }

    private static string? KeyParameterOf(ToolSpec tool, string entity)
    {
        var names = ParameterNames(tool).Where(name => TypeOf(tool, name) is "string" or "integer").ToList();
        var last = entity[(entity.LastIndexOf('_') + 1)..];
        return names.FirstOrDefault(name => EntityNamedBy(name) is { } named && (named == entity || named == last))
            ?? names.FirstOrDefault(name => Words.Tokens(name) is ["id"] or ["sid"] or ["uuid"])
            ?? names.FirstOrDefault(name => string.Equals(string.Join('_', Words.Tokens(name)), entity, StringComparison.Ordinal))
            ?? (names.Where(name => IsRequired(tool, name)).ToList() is [var only] && EntityNamedBy(only) is not null ? only : null);
    }

    private static List<KeyValuePair<string, string>> Parents(string[] segments, int end)
    {
        var parents = new List<KeyValuePair<string, string>>();
        for (var i = 1; i < end && i < segments.Length; i++)
        {
            if (IsParameter(segments[i]) && !IsParameter(segments[i - 1]))
            {
                parents.Add(new(ParameterName(segments[i]), EntityOf(segments[i - 1])));
            }
        }

        return parents;
    }

    private static string EntityOf(string segment)
    {
        var tokens = Words.Tokens(segment).ToArray();
        if (tokens.Length > 0)
        {
            tokens[^1] = Words.Singular(tokens[^1]);
        }

        return string.Join('_', tokens);
    }

    private static IEnumerable<string> ParameterNames(ToolSpec tool) =>
        tool.Parameters.GetProperty("properties").EnumerateObject().Select(property => property.Name);

    private static string? TypeOf(ToolSpec tool, string parameter) =>
        tool.Parameters.GetProperty("properties").GetProperty(parameter).TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            ? type.GetString()
            : null;

    private static bool IsRequired(ToolSpec tool, string parameter) =>
        tool.Parameters.TryGetProperty("required", out var required) && required.EnumerateArray().Any(name => name.GetString() == parameter);

    private static bool HasBody(ToolSpec tool) => tool.Parameters.GetProperty("properties").EnumerateObject()
        .Any(property => property.Value.TryGetProperty("x-in", out var place) && place.GetString() == "body");

    private static bool IsParameter(string segment) => segment.StartsWith('{') && segment.EndsWith('}');

    private static string ParameterName(string segment) => segment[1..^1];

    private static bool IsVersion(string segment) => segment is "api" or "rest"
        || (segment.Length is > 1 and < 6 && segment[0] is 'v' or 'V' && segment.AsSpan(1).IndexOfAnyExceptInRange('.', '9') < 0);
}
