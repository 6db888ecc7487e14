namespace AgentScaler.Tools.Reading;

/// <summary>Where a reference to another file leads.</summary>
/// <param name="File">The file's name, or null if it can't be followed.</param>
/// <param name="Expected">What was expected where it can't be.</param>
/// <param name="IsMissing">Whether it would be followed, if only the file were there.</param>
internal sealed record FileLink(string? File, string Expected = "", bool IsMissing = false);
