using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Json;
using AgentScaler.Storage;
using AgentScaler.Tools.Sources;

namespace AgentScaler.Environments.Given;

/// <summary>The files of a package of which parts are given, as one document of a campaign: known by its content, wherever the folder lies.</summary>
/// <param name="Text">Canonical JSON: an object of file name to text.</param>
/// <param name="Sha256">SHA-256 of the text, 64 hexadecimal digits.</param>
public sealed record GivenDocument(string Text, string Sha256)
{
    /// <summary>The document of some files.</summary>
    public static GivenDocument Of(SortedDictionary<string, string> files)
    {
        var text = CanonicalJson.Serialize(files);
        return new GivenDocument(text, Sha256Text.Of(text));
    }

    /// <summary>Stores the document unless it is there.</summary>
    public Task StoreAsync(IArtifactStore artifacts, CancellationToken cancellationToken) =>
        artifacts.TryCreateTextAsync(DocumentUpload.ArtifactOf(Sha256), Text, cancellationToken);

    /// <summary>Reads the parts of a stored document.</summary>
    /// <exception cref="StoreException">It is not there, or not what its hash says.</exception>
    /// <exception cref="Packages.PackageException">A part is broken.</exception>
    public static async Task<GivenParts> ReadAsync(IArtifactStore artifacts, string sha256, CancellationToken cancellationToken)
    {
        var name = DocumentUpload.ArtifactOf(sha256);
        var text = await artifacts.ReadTextAsync(name, cancellationToken);
        return Sha256Text.Of(text) == sha256
            ? GivenParts.Read(JsonSerializer.Deserialize<SortedDictionary<string, string>>(text)!)
            : throw new StoreException($"artifact '{name}' has other content than its hash says");
    }
}
