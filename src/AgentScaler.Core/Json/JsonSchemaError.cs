namespace AgentScaler.Json;

/// <summary>Where a value does not fit its schema.</summary>
/// <param name="Path">JSON path, e.g. <c>$.items[0].price</c>.</param>
/// <param name="Message">What was expected and what was found.</param>
public sealed record JsonSchemaError(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Path + ": " + Message;
}
