using AgentScaler.Tools;

namespace AgentScaler.Graphs;

/// <summary>
/// The directed dependency graph of a domain (paper, section on tool graph modelling): what one tool returns identifies what another takes.
/// Without a model the
/// match of name, type and meaning alone decides.
/// </summary>
public static class DependencyFinder
{
    /// <summary>How far a key of one provider is taken for the same of another: a task of one is hardly ever a task of the other.</summary>
    private const double AcrossProviders = 0.6;

    private static readonly HashSet<string> Creating = new(StringComparer.Ordinal)
    {
        "create", "add", "register", "insert", "open", "make", "new", "import", "upload",
    };

    private static readonly HashSet<string> Updating = new(StringComparer.Ordinal)
    {
        "update", "edit", "modify", "change", "set", "patch", "rename", "replace",
    };

    private static readonly HashSet<string> Deleting = new(StringComparer.Ordinal) { "delete", "remove", "purge", "destroy" };

    private static readonly HashSet<string> Searching = new(StringComparer.Ordinal)
    {
        "list", "search", "find", "query", "browse", "count", "filter",
    };

    /// <summary>
    /// Finds the edges: for each producer, consumer and parameter the best field, if it is more similar than the threshold.
    /// </summary>
    /// <returns>Sorted by producer, consumer, parameter.</returns>
    public static IReadOnlyList<DependencyEdge> Find(IReadOnlyList<ToolSpec> tools, double threshold)
    {
        var entities = tools.Select(ToolReading.Entity).Where(entity => entity.Count > 0).Select(entity => entity[^1])
            .ToHashSet(StringComparer.Ordinal);
        var reader = new IdentifierReader(entities);
        var parameters = tools.Select(tool => Takes(tool, reader, entities).ToArray()).ToArray();
        var sought = parameters.SelectMany(taken => taken).ToArray();
        var apart = tools.Index().SelectMany(tool => Apart(tool.Item, parameters[tool.Index])).ToHashSet();
        var edges = new List<DependencyEdge>();
        foreach (var producer in tools)
        {
            var fields = Gives(producer, reader, sought);
            for (var consumer = 0; consumer < tools.Count; consumer++)
            {
                if (tools[consumer].Name == producer.Name)
                {
                    continue;
                }

                foreach (var parameter in parameters[consumer])
                {
                    bool IsOther(OutputField field) => producer.Source.Provider == tools[consumer].Source.Provider && apart.Contains((producer.Source.Provider, Text(field.Key), Text(parameter.Key)));
                    if (Best(fields.Where(field => !IsOther(field)), parameter.Key, parameter.Types, threshold) is not var (field, similarity))
                    {
                        continue;
                    }

                    var kind = Kind(producer, field.Key, parameter.Key);
                    if (kind != DependencyKind.NaturalKey && producer.Source.Provider != tools[consumer].Source.Provider)
                    {
                        similarity = field.IsDeclared ? Math.Round(similarity * AcrossProviders, 4) : 0;
                    }

                    if (similarity > threshold)
                    {
                        edges.Add(new DependencyEdge(
                            producer.Name, field.Path, tools[consumer].Name, parameter.Name, similarity, kind, Text(parameter.Key), field.IsDeclared));
                    }
                }
            }
        }

        return
        [
            .. edges
                .OrderBy(edge => edge.Producer, StringComparer.Ordinal)
                .ThenBy(edge => edge.Consumer, StringComparer.Ordinal)
                .ThenBy(edge => edge.Parameter, StringComparer.Ordinal)
                .ThenBy(edge => edge.OutputField, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Keys that a provider tells apart, since one of its paths takes both: in <c>/accounts/{accountId}/clients/{clientAccountId}</c> the client's account is not the account, however alike their names are.
    /// </summary>
    private static IEnumerable<(string Provider, string Key, string Other)> Apart(ToolSpec tool, IReadOnlyList<TakenParameter> taken) =>
        from key in taken
        where key.IsPath
        from other in taken
        where other.IsPath && Text(key.Key) != Text(other.Key)
        select (tool.Source.Provider, Text(key.Key), Text(other.Key));

    private static DependencyKind Kind(ToolSpec producer, IdentifierKey field, IdentifierKey parameter) =>
        field.Entity.Count == 0 || parameter.Entity.Count == 0 || field.Entity[^1] != parameter.Entity[^1] ? DependencyKind.NaturalKey
        : ToolReading.Entity(producer) is [.., var head] && head == field.Entity[^1] ? DependencyKind.Entity
        : DependencyKind.Reference;

    private static string Text(IdentifierKey key) => key.Entity.Count == 0 ? key.Kind : $"{key.Kind} of {string.Join(' ', key.Entity)}";

    /// <summary>The most similar field; of equals the outermost, then the first in the document.</summary>
    private static (OutputField Field, double Similarity)? Best(
        IEnumerable<OutputField> fields, IdentifierKey wanted, ValueTypes types, double threshold)
    {
        (OutputField Field, double Similarity)? best = null;
        foreach (var field in fields)
        {
            var similarity = SchemaReading.IsCompatible(field.Types, types) ? field.Key.SimilarityTo(wanted) : 0;
            if (similarity > threshold && similarity > (best?.Similarity ?? 0))
            {
                best = (field, similarity);
            }
        }

        return best;
    }

    /// <summary>What a tool offers. One that deletes a thing does not offer it any more.</summary>
    private static IReadOnlyList<OutputField> Gives(ToolSpec tool, IdentifierReader reader, IReadOnlyList<TakenParameter> sought)
    {
        var fields = OutputFields.Of(tool, reader, sought);
        return tool.Method == "DELETE" || Deleting.Contains(Verb(tool))
            ? [.. fields.Where(field => !IsOwn(field.Key, ToolReading.Entity(tool)))]
            : fields;
    }

    /// <summary>
    /// The parameters that identify something there is already. What a tool creates gets its keys from the caller, and an update changes
    /// all but the id: those values are new and come from nowhere.
    /// </summary>
    private static IEnumerable<TakenParameter> Takes(ToolSpec tool, IdentifierReader reader, HashSet<string> entities)
    {
        var entity = ToolReading.Entity(tool);
        var isCreating = IsCreating(tool);
        var isUpdating = tool.Method is "PATCH" or "PUT" || Updating.Contains(Verb(tool));
        foreach (var (name, schema) in ToolReading.Parameters(tool))
        {
            var types = SchemaReading.Types(schema);
            var isPath = ToolReading.Text(schema, "x-in") == "path";
            if (types == ValueTypes.None
                || SchemaReading.IsListedOrDate(schema)
                || reader.ReadParameter(name, entity, isPath, ToolReading.Text(schema, "x-segment")) is not { } key)
            {
                continue;
            }

            // A "visitor_email" where no tool deals with visitors is a mere attribute of what is written.
            var isAttribute = key.Entity.Contains("external", StringComparer.Ordinal)
                || (key.Kind != "id" && (key.Entity.Count == 0 || !entities.Contains(key.Entity[^1]) || key.Entity[^1] == entity.LastOrDefault()));
            var isNew = (isCreating && IsOwn(key, entity)) || ((isCreating || isUpdating) && isAttribute);
            if (isPath || !isNew)
            {
                yield return new TakenParameter(name, key, types, isPath, IsFilter: !isPath && Searching.Contains(Verb(tool)));
            }
        }
    }

    private static bool IsOwn(IdentifierKey key, IReadOnlyList<string> entity) => key.Entity.SequenceEqual(entity, StringComparer.Ordinal);

    /// <summary>Whether a tool makes a new thing of its entity. <c>add_book_to_cart</c> does not: it takes a book there is.</summary>
    private static bool IsCreating(ToolSpec tool)
    {
        var tokens = Words.Tokens(tool.Name);
        var isLink = tokens.Any(token => token is "to" or "into" or "in" or "on" or "with");
        var endsInCollection = tool.Path?.TrimEnd('/').Split('/')[^1] is { } last
            && !last.Contains('{', StringComparison.Ordinal)
            && ToolReading.SegmentWords(last).Count > 0;
        return (Creating.Contains(Verb(tool)) && !isLink) || (tool.Method == "POST" && endsInCollection);
    }

    private static string Verb(ToolSpec tool) => Words.Tokens(tool.Name).FirstOrDefault() ?? string.Empty;
}
