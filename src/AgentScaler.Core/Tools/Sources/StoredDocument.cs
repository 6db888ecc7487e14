namespace AgentScaler.Tools.Sources;

/// <summary>A document in the artifact store.</summary>
/// <param name="Sha256">SHA-256 of its bytes; its artifact is <c>documents/</c> followed by it.</param>
/// <param name="Name">The name of the file it came from.</param>
public sealed record StoredDocument(string Sha256, string Name);
