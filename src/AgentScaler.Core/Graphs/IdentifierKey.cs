namespace AgentScaler.Graphs;

/// <summary>What a field or parameter identifies.</summary>
/// <param name="Entity">Singular words of the thing, its head last: <c>order</c>, <c>item</c>; empty if unknown.</param>
/// <param name="Kind">How it identifies: <c>id</c> for all spellings of an id, otherwise the natural key: <c>isbn</c>, <c>code</c>,
/// <c>name</c>.</param>
/// <param name="IsExplicit">Whether the name itself says the thing (<c>book_id</c>) or only its place does (<c>id</c> of a book).</param>
internal sealed record IdentifierKey(IReadOnlyList<string> Entity, string Kind, bool IsExplicit)
{
    /// <summary>Natural keys that identify the same thing wherever they stand; an id or a code means nothing without its entity.</summary>
    private static readonly HashSet<string> SelfEvident = new(StringComparer.Ordinal)
    {
        "isbn", "sku", "vin", "iban", "email", "username", "barcode", "upc", "ean", "asin", "imei", "iccid", "doi", "arn", "plate", "isin",
        "orcid",
    };

    /// <summary>Similarity of two equal self-evident keys of different things: a member's email and an invitation's.</summary>
    private const double SelfEvidentSimilarity = 0.6;

    /// <summary>
    /// How surely a value of this field is a value of that parameter, 0..1: 1 for the same key of the same thing; where one side says more
    /// (<c>item</c>, <c>order_item</c>) the share of common words; 0 for different kinds or things
    /// (<c>user_group</c>, <c>user</c>).
    /// </summary>
    public double SimilarityTo(IdentifierKey parameter)
    {
        if (Kind != parameter.Kind)
        {
            return 0;
        }

        if (Entity.Count > 0 && parameter.Entity.Count > 0 && Entity[^1] == parameter.Entity[^1])
        {
            // One may say more than the other, but a storage policy is no retention policy.
            var both = Entity.Intersect(parameter.Entity, StringComparer.Ordinal).Count();
            var either = Entity.Union(parameter.Entity, StringComparer.Ordinal).Count();
            return both < Math.Min(Entity.Count, parameter.Entity.Count) ? 0 : Math.Round((both + 1.0) / (either + 1), 4);
        }

        return SelfEvident.Contains(Kind) && !(IsExplicit && parameter.IsExplicit) ? SelfEvidentSimilarity : 0;
    }

    /// <summary>Whether a kind needs no entity.</summary>
    public static bool IsSelfEvident(string kind) => SelfEvident.Contains(kind);
}
