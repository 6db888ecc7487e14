using System.Text.Json;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Reads what a tool does from the words of a name.</summary>
internal static class NameReader
{
    private static readonly string[] Prepositions = ["by", "for", "to", "from", "of", "in", "with", "on", "at", "into", "using", "via"];

    private static readonly string[] Articles = ["a", "an", "the"];

    private static readonly string[] Trailers = ["details", "detail", "info", "information", "record", "records", "data", "profile", "all", "status"];

    /// <summary>Reads the operation that the words of a name tell; null if they tell none.</summary>
    public static Operation? Read(ToolSpec tool, IReadOnlyList<string> tokens)
    {
        var start = 0;
        if (tokens.Count > 2 && tokens[0] is "get" or "post" or "put" or "patch" or "delete" && Verbs.IsPlain(tokens[1]))
        {
            // post_create_snapshot: the method stands in front.
            tokens = [.. tokens.Skip(1)];
        }

        if (tokens.Count > 2 && Unlink(tool, tokens[0], [.. tokens.Skip(1)]) is { } unlink)
        {
            return unlink;
        }

        if (tokens.Count > 3 && Verbs.MakesOrChanges([.. tokens.Take(3)]))
        {
            tokens = ["update", .. tokens.Skip(3)];
        }

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

        var behind = tokens.Skip(start + verb.Tokens).Where(token => !Articles.Contains(token)).ToList();
        return Read(tool, verb, behind.Count > 0 ? behind : tokens.Take(start));
    }

    private static Operation? Read(ToolSpec tool, (OperationKind Kind, string Verb, int Tokens) verb, IEnumerable<string> words)
    {
        if (Link(tool, verb.Verb, words.ToList()) is { } link)
        {
            return link;
        }

        var nouns = words.TakeWhile(token => !Prepositions.Contains(token)).ToList();
        while (nouns.Count > 1 && Trailers.Contains(nouns[^1]))
        {
            nouns.RemoveAt(nouns.Count - 1);
        }

        while (nouns.Count > 1 && nouns[0] is "new" or "current" or "latest" or "newest" or "recent" or "last" or "all" or "my" or "own" or "rest" or "available")
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
        var key = KeyParameterOf(tool, entity) ?? OwnName(tool, verb.Kind);
        var kind = verb.Kind switch
        {
            // Who only names what there is already makes nothing: its status changes.
            OperationKind.Create when Verbs.IsTransition(verb.Verb) && key is not null && IsRequired(tool, key) && EntityNamedBy(key) is not null && ParameterNames(tool).All(name => name == key || !IsRequired(tool, name)) => OperationKind.Status,
            OperationKind.Get when key is null || (plural && !IsRequired(tool, key)) => OperationKind.List,
            OperationKind.Search when QueryParameterOf(tool) is null => OperationKind.List,
            var other => other,
        };
        if (kind is OperationKind.List or OperationKind.Search or OperationKind.Create)
        {
            key = null;
        }

        return new Operation(kind, entity, key, kind == OperationKind.Status ? verb.Verb : null, []);
    }

    /// <summary>
    /// <c>add_member_to_group</c> with the ids of both makes neither: it makes a link, which is a row that refers to both.
    /// </summary>
    private static Operation? Link(ToolSpec tool, string verb, List<string> words)
    {
        var at = words.FindIndex(word => word is "to" or "into" or "in" or "with");
        if (verb is not ("add" or "assign" or "attach" or "associate" or "enroll" or "invite" or "link" or "put") || at < 1 || at == words.Count - 1)
        {
            return null;
        }

        var one = Words.Singular(words[at - 1]);
        var other = Words.Singular(words[^1]);
        return one != other && Naming(tool, one) is not null && Naming(tool, other) is not null ? new Operation(OperationKind.Create, $"{other}_{one}", null, null, []) { IsLink = true } : null;
    }

    /// <summary><c>remove_member_from_group</c> with the ids of both removes neither: the link between them goes.</summary>
    private static Operation? Unlink(ToolSpec tool, string verb, List<string> words)
    {
        var at = words.FindIndex(word => word is "from" or "of");
        if (!Verbs.Unlinks(verb) || at < 1 || at == words.Count - 1)
        {
            return null;
        }

        var one = Words.Singular(words[at - 1]);
        var other = Words.Singular(words[^1]);
        return one != other && Naming(tool, one) is { } first && Naming(tool, other) is { } second
            ? new Operation(OperationKind.Delete, $"{other}_{one}", null, null, [new(second, other), new(first, one)]) { IsLink = true }
            : null;
    }

    /// <summary>The required parameter that holds the id of an entity known by its last word, or null.</summary>
    private static string? Naming(ToolSpec tool, string last) => ParameterNames(tool).FirstOrDefault(name => IsRequired(tool, name)
        && EntityNamedBy(name) is { } entity && entity[(entity.LastIndexOf('_') + 1)..] == last);

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
        return tokens.Count > 1 && tokens[^1] is "id" or "sid" or "uuid" or "guid" or "uid" or "key" or "code" or "number" or "no" or "ref" or "reference" or "arn" or "slug" or "identifier"
            ? string.Join('_', tokens.Take(tokens.Count - 1))
            : null;
    }

    /// <summary>Whether a name is that of an entity, in full or by its last words.</summary>
    public static bool IsSame(string named, string entity) => named == entity || entity.EndsWith("_" + named, StringComparison.Ordinal) || named.EndsWith("_" + entity, StringComparison.Ordinal);

    private static string? KeyParameterOf(ToolSpec tool, string entity)
    {
        var names = ParameterNames(tool).Where(name => TypeOf(tool, name) is "string" or "integer" or "number"
            && FieldSchemas.EnumOf(tool.Parameters.GetProperty("properties").GetProperty(name)).Count == 0).ToList();
        var last = entity[(entity.LastIndexOf('_') + 1)..];
        return names.FirstOrDefault(name => EntityNamedBy(name) is { } named && (named == entity || named == last))
            ?? names.FirstOrDefault(name => Words.Tokens(name) is ["id"] or ["sid"] or ["uuid"] or ["guid"] or ["slug"])
            ?? names.FirstOrDefault(name => string.Concat(Words.Tokens(name)) is var word && (word == last + "id" || word == entity.Replace("_", "", StringComparison.Ordinal) + "id"))
            ?? names.FirstOrDefault(name => string.Equals(string.Join('_', Words.Tokens(name)), entity, StringComparison.Ordinal))
            ?? names.FirstOrDefault(name => IsRequired(tool, name) && string.Join('_', Words.Tokens(name)) is var words && (words == entity + "_name" || words == last + "_name"))
            ?? (names.Where(name => IsRequired(tool, name)).ToList() is [var only] && EntityNamedBy(only) is not null ? only : null);
    }

    /// <summary>The parameter that names a row though its name says nothing of the entity: the only key in the path (<c>/v1/{name}</c>), an <c>arn</c>, the <c>name</c> of what is changed or removed.</summary>
    private static string? OwnName(ToolSpec tool, OperationKind kind)
    {
        var required = ParameterNames(tool).Where(name => IsRequired(tool, name) && TypeOf(tool, name) is "string" or "integer").ToList();
        return kind is not (OperationKind.Get or OperationKind.Update or OperationKind.Delete or OperationKind.Status) ? null
            : required.Where(name => IsInPath(tool, name)).ToList() is [var only] ? only
            : required.FirstOrDefault(name => Words.Tokens(name) is ["arn"] || (kind != OperationKind.Get && Words.Tokens(name) is ["name"]));
    }

    private static bool IsInPath(ToolSpec tool, string parameter) =>
        tool.Parameters.GetProperty("properties").GetProperty(parameter).TryGetProperty("x-in", out var place) && place.GetString() == "path";

    private static IEnumerable<string> ParameterNames(ToolSpec tool) =>
        tool.Parameters.GetProperty("properties").EnumerateObject().Select(property => property.Name);

    private static string? TypeOf(ToolSpec tool, string parameter) =>
        tool.Parameters.GetProperty("properties").GetProperty(parameter).TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            ? type.GetString()
            : null;

    private static bool IsRequired(ToolSpec tool, string parameter) =>
        tool.Parameters.TryGetProperty("required", out var required) && required.EnumerateArray().Any(name => name.GetString() == parameter);
}
