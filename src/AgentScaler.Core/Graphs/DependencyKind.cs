namespace AgentScaler.Graphs;

/// <summary>Why what one tool returns can feed what another takes.</summary>
public enum DependencyKind
{
    /// <summary>Producer and consumer of one entity: the tool that returns the key deals with the very thing it identifies (<c>list_books</c>, <c>get_book</c>).</summary>
    Entity,

    /// <summary>A field that refers to another thing: the loan's <c>book_id</c> for <c>get_book</c>.</summary>
    Reference,

    /// <summary>A value that identifies the same thing wherever it stands, such as an e-mail address or an ISBN.</summary>
    NaturalKey,
}
