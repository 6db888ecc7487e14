namespace AgentScaler.Graphs;

/// <summary>Which scalar types a schema admits, as far as identifiers are concerned.</summary>
[Flags]
internal enum ValueTypes
{
    /// <summary>No scalar: an object, an array, a truth value.</summary>
    None = 0,

    /// <summary>Text.</summary>
    Text = 1,

    /// <summary>A whole number.</summary>
    Integer = 2,

    /// <summary>Any number.</summary>
    Number = 4,

    /// <summary>The schema does not say.</summary>
    Any = Text | Integer | Number,
}
