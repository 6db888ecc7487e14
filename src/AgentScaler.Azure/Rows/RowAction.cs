namespace AgentScaler.Azure.Rows;

/// <summary>One conditional change of a row: every change is, also where the caller set no condition (then on what was just read).</summary>
/// <param name="Value">The new value, or null if it stands in a blob or the row is deleted.</param>
/// <param name="SpilledHash">SHA-256 of the new value that stands in a blob, or null.</param>
/// <param name="Marks">The marks of the new version.</param>
/// <param name="Expected">The version that must be current; null if there must be no row.</param>
internal sealed record RowAction(string Key, string? Value, string? SpilledHash, string Marks, RowVersion? Expected)
{
    /// <summary>Whether the row is deleted.</summary>
    public bool IsDelete => Value is null && SpilledHash is null;
}
