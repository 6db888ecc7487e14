namespace AgentScaler.Azure;

/// <summary>Where the mutable rows of running episodes and the index of campaigns live.</summary>
public enum StateKind
{
    /// <summary>A file <c>state.db</c> in a folder: one machine.</summary>
    Sqlite,

    /// <summary>Azure Table Storage, in the account of the artifacts.</summary>
    Table,

    /// <summary>Azure Cosmos DB for NoSQL; values over its item limit stand in the account of the artifacts.</summary>
    Cosmos,
}
