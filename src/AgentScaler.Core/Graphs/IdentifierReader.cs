using AgentScaler.Tools;

namespace AgentScaler.Graphs;

/// <summary>
/// Reads names as identifiers. Strict: a dependency means that the value says <em>which</em> thing; descriptions, states, dates and amounts
/// say nothing
/// of the kind, and a name counts only where it addresses something (in a path, or as <c>artist_name</c> where tools deal with artists).
/// </summary>
/// <param name="entities">Heads of the entities that the domain's tools are about.</param>
internal sealed class IdentifierReader(IReadOnlySet<string> entities)
{
    private static readonly HashSet<string> IdWords = new(StringComparer.Ordinal)
    {
        "id", "uid", "uuid", "guid", "sid", "oid", "gid", "pk", "identifier", "ulid",
    };

    /// <summary>Last words of natural keys that need an entity beside them.</summary>
    private static readonly Dictionary<string, string> NaturalWords = new(StringComparer.Ordinal)
    {
        ["key"] = "key", ["code"] = "code", ["number"] = "number", ["num"] = "number", ["no"] = "number", ["ref"] = "reference",
        ["reference"] = "reference",
        ["slug"] = "slug", ["handle"] = "handle", ["symbol"] = "symbol", ["ticker"] = "symbol", ["login"] = "login", ["serial"] = "serial",
        ["name"] = "name",
    };

    /// <summary>What has a number, code, key or name without being identified by it here.</summary>
    private static readonly HashSet<string> NotIdentified = new(StringComparer.Ordinal)
    {
        "page", "phone", "line", "row", "zip", "postal", "post", "country", "currency", "language", "lang", "locale", "area", "status",
        "error", "response", "state",
        "version", "house", "street", "sort", "api", "access", "secret", "security", "cvv", "pin", "verification", "token", "idempotency",
        "public", "private",
        "first", "last", "full", "middle", "display", "given", "family", "nick", "short", "long", "file", "column", "field", "property",
        "http", "zone", "time",
        "fax", "mobile", "telephone", "next", "previous", "tax", "authorization", "auth", "reason", "color", "unit", "type", "batch",
        "request", "trace",
    };

    /// <summary>Reads a field of a result.</summary>
    /// <param name="owner">The entity whose field it is; empty if unknown.</param>
    public IdentifierKey? ReadField(string name, IReadOnlyList<string> owner)
    {
        var (entity, last) = Divide(name);
        return Kind(last) switch
        {
            null => null,
            // Only what asks for a name by its path or in full can take it; here it is offered.
            "name" when entity.Count == 0 => owner.Count > 0 ? new IdentifierKey(owner, "name", IsExplicit: false) : null,
            var kind => Key(entity, kind, owner),
        };
    }

    /// <summary>Reads a parameter.</summary>
    /// <param name="owner">The entity its tool is about; empty if unknown.</param>
    /// <param name="isPath">Whether it stands in the path.</param>
    /// <param name="segment">The path segment before it, or null.</param>
    public IdentifierKey? ReadParameter(string name, IReadOnlyList<string> owner, bool isPath, string? segment)
    {
        var (entity, last) = Divide(name);
        var addressed = segment is null ? [] : ToolReading.SegmentWords(segment);
        if (addressed.Count > 0)
        {
            owner = addressed;
        }

        var kind = Kind(last);
        if (isPath && (kind is null || (kind == "name" && addressed.Count == 0)))
        {
            // "/users/{user}" or "/{owner}/{repo}" names the thing itself.
            var thing = entity.Append(Words.Singular(last)).ToArray();
            return addressed.Count > 0 && thing[^1] == addressed[^1] ? new IdentifierKey(addressed, "id", IsExplicit: true)
                : entities.Contains(thing[^1]) ? new IdentifierKey(thing, "id", IsExplicit: true)
                : null;
        }

        return kind switch
        {
            null => null,
            "name" when isPath && entity.Count == 0 => new IdentifierKey(owner, "name", IsExplicit: false),
            "name" when entity.Count == 0 || (!isPath && !entities.Contains(entity[^1])) => null,
            _ => Key(entity, kind, owner),
        };
    }

    /// <summary>How a last word identifies, or null if it does not.</summary>
    private static string? Kind(string word) =>
        IdWords.Contains(word) ? "id" : IdentifierKey.IsSelfEvident(word) ? word : NaturalWords.GetValueOrDefault(word);

    private static IdentifierKey? Key(IReadOnlyList<string> entity, string kind, IReadOnlyList<string> owner)
    {
        if (entity.Count > 0)
        {
            return kind != "id" && entity.Any(NotIdentified.Contains) ? null : new IdentifierKey(entity, kind, IsExplicit: true);
        }

        return owner.Count > 0 || IdentifierKey.IsSelfEvident(kind) ? new IdentifierKey(owner, kind, IsExplicit: false) : null;
    }

    /// <summary>The words of a name before its last, singular and without small words, and the last.</summary>
    private (IReadOnlyList<string> Entity, string Last) Divide(string name)
    {
        var tokens = Words.Tokens(name).Select(Words.Singular).ToList();
        if (tokens.Count == 0)
        {
            return ([], string.Empty);
        }

        var last = tokens[^1];
        tokens.RemoveAt(tokens.Count - 1);
        if (tokens.Count == 0 && last.Length > 4 && last.EndsWith("id", StringComparison.Ordinal) && entities.Contains(last[..^2]))
        {
            // "bookid", written as one word.
            return ([last[..^2]], "id");
        }

        return ([.. tokens.Where(token => !Words.IsSmallWord(token))], last);
    }
}
