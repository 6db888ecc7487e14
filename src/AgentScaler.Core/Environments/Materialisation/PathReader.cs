using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Reads what a tool does from its method and path.</summary>
internal static class PathReader
{
    /// <summary>Reads the operation; null if method and path don't tell.</summary>
    public static Operation? Read(ToolSpec tool, PathSegments path)
    {
        var segments = path.All;
        var resource = -1;
        for (var i = 0; i < segments.Count; i++)
        {
            resource = PathSegments.IsKey(segments[i]) ? resource : i;
        }

        if (resource < 0 || Words.Tokens(segments[resource]).Count == 0)
        {
            return null;
        }

        var key = resource + 1 < segments.Count ? PathSegments.Parameter(segments[^1]) : null;
        if (key is not null)
        {
            return OnRow(tool, segments, resource, key);
        }

        var before = resource > 0 && PathSegments.IsKey(segments[resource - 1]) ? PathSegments.Parameter(segments[resource - 1]) : null;
        var ownerAt = resource - 1;
        while (ownerAt >= 0 && PathSegments.IsKey(segments[ownerAt]))
        {
            ownerAt--;
        }

        var owner = before is not null && ownerAt >= 0 ? PathSegments.Entity(segments[ownerAt]) : null;
        return owner is not null ? Below(tool, segments, resource, owner, before!) : OnCollection(tool, segments, resource);
    }

    /// <summary>.../books/{id}: one book, or what a page says belongs to it.</summary>
    private static Operation? OnRow(ToolSpec tool, IReadOnlyList<string> segments, int resource, string key)
    {
        var entity = PathSegments.Entity(segments[resource]);
        var parents = Parents(segments, segments.Count - 1);
        return tool.Method switch
        {
            // A page of rows under a key: the key is what they belong to.
            "GET" when ResultReader.HoldsPage(tool.Returns) => new Operation(OperationKind.List, entity, null, null, [.. parents, new(key, entity)]),
            "GET" when IsTime(key) && ResultReader.HoldsList(tool.Returns) => new Operation(OperationKind.List, entity, null, null, parents),
            "GET" => new Operation(OperationKind.Get, entity, key, null, parents),
            "DELETE" when parents.Count > 0 && Words.Tokens(tool.OriginalName).Any(word => word is not ("remove" or "delete") && Verbs.Unlinks(word)) =>
                new Operation(OperationKind.Delete, $"{parents[^1].Value}_{entity}", null, null, [parents[^1], new(key, entity)]) { IsLink = true },
            "PUT" or "POST" when IsMadeUnder(tool, entity) => new Operation(OperationKind.Create, entity, null, null, parents),
            "PUT" or "PATCH" or "POST" => new Operation(OperationKind.Update, entity, key, null, parents),
            "DELETE" => new Operation(OperationKind.Delete, entity, key, null, parents),
            _ => null,
        };
    }

    /// <summary>Whether a key says of when rows are, so that there may be many: <c>/matches/{year}</c>.</summary>
    private static bool IsTime(string key) => Words.Tokens(key) is [.., "year" or "month" or "date" or "day" or "week" or "season" or "quarter"];

    /// <summary>Whether a tool makes a thing under the key that its caller chooses, by its name: <c>PUT /books/{id}</c> called <c>create_book</c>.</summary>
    private static bool IsMadeUnder(ToolSpec tool, string entity)
    {
        var words = Words.Tokens(tool.OriginalName);
        return words.Any(word => word is "create" or "insert" or "register") && !words.Any(word => word is "update" or "replace" or "edit" or "modify" or "put" or "upsert")
            && words.Any(word => Words.Singular(word) == entity[(entity.LastIndexOf('_') + 1)..]);
    }

    /// <summary>.../books/{id}/word: a transition, a part of the book, or a collection below it.</summary>
    private static Operation? Below(ToolSpec tool, IReadOnlyList<string> segments, int resource, string owner, string key)
    {
        var tokens = Words.Tokens(segments[resource]);
        var entity = PathSegments.Entity(segments[resource]);
        var above = Parents(segments, resource - 1);
        var below = Parents(segments, resource);
        if (Search(tool, segments, resource) is { } search)
        {
            return search;
        }

        if (tool.Method is "POST" or "PUT" or "PATCH" && Verbs.Read(tokens) is { } verb)
        {
            if (verb.Kind == OperationKind.Status || (verb.Tokens == tokens.Count && Verbs.IsTransition(verb.Verb)))
            {
                return new Operation(OperationKind.Status, owner, key, verb.Verb, above);
            }

            if (tokens.Count == verb.Tokens && Verbs.IsPlain(verb.Verb))
            {
                return verb.Kind is OperationKind.Update or OperationKind.Delete or OperationKind.Get
                    ? new Operation(verb.Kind, owner, key, null, above)
                    : null;
            }
        }

        var plural = IsPlural(tokens);
        return tool.Method switch
        {
            "GET" when tokens is ["me"] => null,
            "GET" when ResultReader.HoldsList(tool.Returns) || (plural && !ResultReader.Properties(tool.Returns ?? default).Any()) =>
                new Operation(OperationKind.List, entity, null, null, below),
            "GET" => new Operation(OperationKind.Get, owner, key, null, above),
            "POST" when plural && tokens[0] is "query" or "search" or "find" or "list" or "get" => new Operation(OperationKind.List, PathSegments.Entity(string.Join('_', tokens.Skip(1))), null, null, below),
            "POST" when (plural && !Verbs.IsAction(tokens[0])) || (IsNoun(tokens) && MakesSomething(tool, entity)) => new Operation(OperationKind.Create, entity, null, null, below),
            "PUT" or "PATCH" when IsNoun(tokens) && HasBody(tool) => new Operation(OperationKind.Update, owner, key, null, above),
            _ => null,
        };
    }

    /// <summary>/books: the collection itself, or a call with the verb in the path (/books/create).</summary>
    private static Operation? OnCollection(ToolSpec tool, IReadOnlyList<string> segments, int resource)
    {
        var tokens = Words.Tokens(segments[resource]);
        var parents = Parents(segments, resource);
        if (Search(tool, segments, resource) is { } search)
        {
            return search;
        }

        if (NamesCall(tokens))
        {
            var noun = resource > 0 && !PathSegments.IsKey(segments[resource - 1]) ? Words.Tokens(segments[resource - 1]) : [];
            return NameReader.Read(tool, tokens.Count == 1 ? [.. tokens, .. noun] : Verbs.IsPlain(tokens[0]) ? tokens : [tokens[^1], .. tokens.SkipLast(1)]);
        }

        var entity = PathSegments.Entity(segments[resource]);
        var plural = IsPlural(tokens);
        return tool.Method switch
        {
            "GET" when tokens is ["me"] => null,
            "GET" when ResultReader.HoldsList(tool.Returns) || (plural && !ResultReader.Properties(tool.Returns ?? default).Any()) =>
                new Operation(OperationKind.List, entity, null, null, parents),
            "POST" when (plural && !Verbs.IsAction(tokens[0])) || IsNoun(tokens) => new Operation(OperationKind.Create, entity, null, null, parents),
            _ => null,
        };
    }

    private static Operation? Search(ToolSpec tool, IReadOnlyList<string> segments, int resource)
    {
        string[] words = ["search", "query", "find", "lookup"];
        if (resource == 0 || PathSegments.IsKey(segments[resource - 1]) || !words.Contains(Words.Tokens(segments[resource])[0]))
        {
            return null;
        }

        var kind = NameReader.QueryParameterOf(tool) is null ? OperationKind.List : OperationKind.Search;
        return new Operation(kind, PathSegments.Entity(segments[resource - 1]), null, null, Parents(segments, resource - 1));
    }

    /// <summary>Whether the last word of a path is a call rather than a thing: <c>create</c>, <c>getTermsByPathway</c>, <c>attribute.update</c>.</summary>
    private static bool NamesCall(IReadOnlyList<string> tokens) => tokens.Count == 1 ? Verbs.IsPlain(tokens[0]) : Verbs.IsPlain(tokens[0]) || Verbs.IsPlain(tokens[^1]);

    /// <summary>Every key above a position with the entity it is of; of several keys in a row the last is the row's, the others say what it belongs to.</summary>
    private static List<KeyValuePair<string, string>> Parents(IReadOnlyList<string> segments, int end)
    {
        var parents = new List<KeyValuePair<string, string>>();
        for (var i = 0; i < end && i < segments.Count; i++)
        {
            // A page in the path is no owner of what is on it.
            if (PathSegments.IsKey(segments[i]) && PathSegments.Parameter(segments[i]) is var parameter && Paging.RoleOf(parameter) == Paging.Role.None)
            {
                var last = i + 1 >= segments.Count || !PathSegments.IsKey(segments[i + 1]);
                var of = i;
                while (of >= 0 && PathSegments.IsKey(segments[of]))
                {
                    of--;
                }

                parents.Add(new(parameter, last && of >= 0 ? PathSegments.Entity(segments[of]) : string.Join('_', Words.Tokens(parameter))));
            }
        }

        return parents;
    }

    private static bool IsPlural(IReadOnlyList<string> tokens) => tokens[^1] != Words.Singular(tokens[^1]);

    /// <summary>Whether a segment names a thing. A word that may be a verb, alone, is taken for one.</summary>
    private static bool IsNoun(IReadOnlyList<string> tokens) => !Words.IsVerb(tokens[0]) && !Verbs.IsAction(tokens[0]) && Verbs.Read(tokens) is null;

    /// <summary>Whether a tool gives a key to what it makes, or says by its name that it makes something. An id alone may be the owner's.</summary>
    private static bool MakesSomething(ToolSpec tool, string entity) =>
        ResultReader.Properties(tool.Returns ?? default).Any(property => NameReader.EntityNamedBy(property.Name) == entity)
        || Words.Tokens(tool.OriginalName).Any(token => token is "create" or "add" or "send" or "new" or "insert" or "register");

    private static bool HasBody(ToolSpec tool) => tool.Parameters.GetProperty("properties").EnumerateObject()
        .Any(property => property.Value.TryGetProperty("x-in", out var place) && place.GetString() == "body");
}
