namespace AgentScaler.Storage;

/// <summary>One write of a batch.</summary>
/// <param name="Value">The new JSON document, or null to delete the row.</param>
/// <param name="ETag">The version that must be current; <see cref="Absent"/> if there must be no row; null to write whatever is there.</param>
public sealed record StateWrite(string Key, string? Value, string? ETag)
{
    /// <summary>The condition "there is no such row yet".</summary>
    public const string Absent = "";

    /// <summary>Creates a row that must not exist yet.</summary>
    public static StateWrite Insert(string key, string value) => new(key, value, Absent);

    /// <summary>Replaces a row whose version must still be <paramref name="etag"/>.</summary>
    public static StateWrite Replace(string key, string value, string etag) => new(key, value, etag);

    /// <summary>Creates or replaces a row.</summary>
    public static StateWrite Put(string key, string value) => new(key, value, null);

    /// <summary>Deletes a row; with an ETag only that version. Deleting what is not there is no error unless an ETag is given.</summary>
    public static StateWrite Delete(string key, string? etag = null) => new(key, null, etag);
}
