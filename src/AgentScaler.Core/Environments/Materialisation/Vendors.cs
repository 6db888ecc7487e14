using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>
/// Whose things a domain is about. The things of one name that several providers have share a collection where they look alike (an order here is an order
/// there); where their fields are others, as the invoices of a payment service are not those of a hosting company, each provider keeps its own.
/// </summary>
internal sealed class Vendors
{
    /// <summary>Fewer telling fields say too little to set a provider's things apart.</summary>
    private const int LeastFields = 4;

    /// <summary>What two providers' things must share of the fewer of their telling fields to be of one kind.</summary>
    private const double Alike = 1.0 / 3;

    /// <summary>A provider's name in the name of a collection, in words at most.</summary>
    private const int LongestName = 2;

    /// <summary>Fields that things of every kind have.</summary>
    private static readonly string[] Common =
    [
        "id", "name", "description", "title", "type", "kind", "status", "state", "url", "uri", "href", "key", "self", "self_link", "links", "etag", "tags", "labels", "metadata", "created", "updated",
        "created_at", "updated_at", "create_time", "update_time", "created_by", "updated_by", "version", "uuid", "code", "email", "user_id", "data", "message", "success", "error", "errors",
    ];

    private static readonly string[] Noise =
    [
        "api", "apis", "rest", "restful", "oad", "com", "org", "io", "net", "co", "gov", "www", "the", "service", "services", "open", "public", "swagger", "openapi", "spec", "yaml", "json", "inc", "ltd", "http", "https",
        "web", "client", "management", "googleapis", "amazonaws", "azure", "local", "rapidapi", "document", "app", "dev", "v",
    ];

    private readonly Dictionary<(string Entity, string Provider), string?> names = [];

    /// <summary>Sees which entities several providers have, and whose are alike.</summary>
    public Vendors(IReadOnlyList<ToolDraft> drafts)
    {
        foreach (var entity in drafts.GroupBy(draft => draft.Operation.Entity, StringComparer.Ordinal))
        {
            var providers = entity.GroupBy(draft => draft.Tool.Source.Provider, StringComparer.Ordinal)
                .OrderByDescending(provider => provider.Count()).ThenBy(provider => provider.Key, StringComparer.Ordinal)
                .Select(provider => (provider.Key, Fields: Telling([.. provider], entity.Key))).ToList();
            foreach (var (provider, name) in Named(Kinds(providers)))
            {
                names[(entity.Key, provider)] = name;
            }
        }
    }

    /// <summary>The collection that holds a provider's things of an entity: a JavaScript identifier in the plural.</summary>
    public string CollectionOf(string entity, string provider) => NameOf(entity, provider) is { } name ? name + "_" + PluralOf(entity) : PluralOf(entity);

    /// <summary>Whose things they are, in words; null if they are not set apart from others'.</summary>
    public string? NameOf(string entity, string provider) => names.GetValueOrDefault((entity, provider));

    /// <summary>The name of an entity's things where they are nobody's in particular.</summary>
    public static string PluralOf(string entity)
    {
        var split = entity.LastIndexOf('_') + 1;
        return entity[..split] + Words.Plural(entity[split..]);
    }

    /// <summary>What a provider's tools say their rows hold, without what everything has.</summary>
    private static HashSet<string> Telling(IReadOnlyList<ToolDraft> drafts, string entity)
    {
        var taken = drafts.Where(draft => draft.Operation.Kind is OperationKind.Create or OperationKind.Update).SelectMany(draft => draft.Parameters.Where(parameter =>
            parameter.Name != draft.Operation.KeyParameter && draft.Operation.Parents.All(parent => parent.Key != parameter.Name)
            && !parameter.Value.TryGetProperty("x-boilerplate", out _) && !Plumbing.Is(parameter.Name, parameter.Value)));
        return drafts.SelectMany(draft => draft.Shape.RowProperties).Concat(taken).Select(property => string.Join('_', Words.Tokens(property.Name)))
            .Select(name => name.StartsWith(entity + "_", StringComparison.Ordinal) ? name[(entity.Length + 1)..] : name)
            .Where(name => name.Length > 0 && !Common.Contains(name)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Providers by kind of thing: each joins the first kind that its own looks like. Who says too little joins the commonest.</summary>
    private static List<List<string>> Kinds(IReadOnlyList<(string Provider, HashSet<string> Fields)> providers)
    {
        var kinds = new List<(List<string> Providers, HashSet<string> Fields)>();
        foreach (var (provider, fields) in providers.Where(provider => provider.Fields.Count >= LeastFields))
        {
            var kind = kinds.FirstOrDefault(kind => kind.Fields.Count(fields.Contains) >= Alike * Math.Min(kind.Fields.Count, fields.Count));
            if (kind.Providers is null)
            {
                kinds.Add(([provider], [.. fields]));
                continue;
            }

            kind.Providers.Add(provider);
            kind.Fields.UnionWith(fields);
        }

        var others = providers.Where(provider => provider.Fields.Count < LeastFields).Select(provider => provider.Provider);
        if (kinds.Count == 0)
        {
            return [[.. others]];
        }

        kinds[0].Providers.AddRange(others);
        return [.. kinds.Select(kind => kind.Providers)];
    }

    /// <summary>The name of every kind, after the provider with the most tools; kinds without a name of their own stay together.</summary>
    private static IEnumerable<(string Provider, string? Name)> Named(List<List<string>> kinds) =>
        kinds.SelectMany(kind => kind.Select(provider => (provider, kinds.Count == 1 ? null : Short(kind[0]))));

    /// <summary>A provider in one or two words, from the last part of its name that says something: <c>example/apis/acme.com/2.0/openapi.yaml</c> is acme; null if none does.</summary>
    private static string? Short(string provider) => provider.StartsWith("document-", StringComparison.Ordinal) ? null
        : provider.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse().Select(ShortOf).FirstOrDefault(name => name.Length > 0);

    private static string ShortOf(string part)
    {
        // acme.com: what stands behind the last dot names no one.
        var dot = part.LastIndexOf('.');
        var words = Words.Tokens(dot > 0 && !part.Contains(' ', StringComparison.Ordinal) ? part[..dot] : part).Where(word => !Noise.Contains(word)
            && word.All(char.IsAsciiLetterOrDigit) && !char.IsAsciiDigit(word[0]) && !(word[0] == 'v' && word.Skip(1).All(char.IsAsciiDigit)));
        return string.Join('_', words.Take(LongestName));
    }
}
