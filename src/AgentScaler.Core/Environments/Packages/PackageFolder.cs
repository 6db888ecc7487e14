using System.Text;
using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Json;
using AgentScaler.Storage;

namespace AgentScaler.Environments.Packages;

/// <summary>
/// Packages in an artifact store: <c>manifest.json</c>, <c>schema.json</c>, <c>tools.json</c>, <c>programs/*.js</c>, <c>policy.md</c>, <c>state.json</c> below a
/// prefix. The manifest is written last: where it is, the package is whole.
/// </summary>
public static class PackageFolder
{
    /// <summary>Writes a package; files that are there already stay.</summary>
    /// <param name="prefix">The folder, ending in <c>/</c>.</param>
    /// <exception cref="PackageException">The package is not whole.</exception>
    public static async Task WriteAsync(IArtifactStore store, string prefix, EnvironmentPackage package, CancellationToken cancellationToken = default)
    {
        PackageCheck.Check(package);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [PackageFiles.Schema] = Document(package.Schema),
            [PackageFiles.Tools] = Document(package.Tools.Select(tool => new PackageToolEntry(tool.Spec, tool.Writes, tool.Binding))),
            [PackageFiles.Policy] = package.Policy,
            [PackageFiles.State] = Document(package.State),
        };
        if (package.Rules.Count > 0)
        {
            files[PackageFiles.Rules] = Document(package.Rules);
        }

        if (package.Intents.Count > 0)
        {
            files[PackageFiles.Intents] = Document(package.Intents);
        }

        foreach (var tool in package.Tools)
        {
            files[PackageFiles.Program(tool.Name)] = tool.Program;
        }

        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, text) in files)
        {
            hashes[name] = Sha256Text.Of(text);
            await store.TryCreateTextAsync(prefix + name, text, cancellationToken);
        }

        var manifest = new PackageManifest(
            PackageManifest.CurrentFormat, package.Id, package.Name, package.Now, package.KeepChangesOnError, hashes, package.PassesAnyArguments, package.Values, package.Locales);
        await store.TryCreateTextAsync(prefix + PackageFiles.Manifest, Document(manifest), cancellationToken);
    }

    /// <summary>Reads a package and checks it.</summary>
    /// <param name="prefix">The folder, ending in <c>/</c>.</param>
    /// <exception cref="PackageException">The package is broken; the message names file and place.</exception>
    public static async Task<EnvironmentPackage> ReadAsync(IArtifactStore store, string prefix, CancellationToken cancellationToken = default)
    {
        var manifest = Parse<PackageManifest>(PackageFiles.Manifest, await ReadTextAsync(store, prefix, PackageFiles.Manifest, cancellationToken));
        if (manifest.Format != PackageManifest.CurrentFormat)
        {
            throw new PackageException(PackageFiles.Manifest, "$.format", $"expected {PackageManifest.CurrentFormat}, found {manifest.Format}");
        }

        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, hash) in manifest.Files)
        {
            var text = await ReadTextAsync(store, prefix, name, cancellationToken);
            if (Sha256Text.Of(text) != hash)
            {
                throw new PackageException(name, "whole file", "its content is not what manifest.json has the hash of");
            }

            files[name] = text;
        }

        var entries = Parse<IReadOnlyList<PackageToolEntry>>(PackageFiles.Tools, Listed(files, PackageFiles.Tools));
        var package = new EnvironmentPackage
        {
            Id = manifest.Id,
            Name = manifest.Name,
            Now = manifest.Now,
            Locales = manifest.Locales,
            KeepChangesOnError = manifest.KeepChangesOnError,
            PassesAnyArguments = manifest.PassesAnyArguments,
            Values = manifest.Values,
            Schema = Parse<EnvironmentSchema>(PackageFiles.Schema, Listed(files, PackageFiles.Schema)),
            Tools = [.. entries.Select(entry => new PackageTool(entry.Spec, entry.Writes, Listed(files, PackageFiles.Program(entry.Spec.Name)), entry.Binding))],
            Policy = Listed(files, PackageFiles.Policy),
            Rules = files.TryGetValue(PackageFiles.Rules, out var rules) ? Parse<IReadOnlyList<PolicyRule>>(PackageFiles.Rules, rules) : [],
            Intents = files.TryGetValue(PackageFiles.Intents, out var intents) ? Parse<IReadOnlyList<GivenIntent>>(PackageFiles.Intents, intents) : [],
            State = Parse<IReadOnlyList<RowData>>(PackageFiles.State, Listed(files, PackageFiles.State)),
        };
        PackageCheck.Check(package);
        return package;
    }

    private static string Document<T>(T value) => CanonicalJson.Serialize(value) + "\n";

    private static string Listed(Dictionary<string, string> files, string name) =>
        files.TryGetValue(name, out var text) ? text : throw new PackageException(PackageFiles.Manifest, "$.files", $"expected the file '{name}'");

    private static async Task<string> ReadTextAsync(IArtifactStore store, string prefix, string name, CancellationToken cancellationToken)
    {
        Stream? stream;
        try
        {
            stream = await store.OpenReadAsync(prefix + name, cancellationToken);
        }
        catch (ArgumentException e)
        {
            throw new PackageException(PackageFiles.Manifest, "$.files", $"'{name}' is no file name within a package", e);
        }

        if (stream is null)
        {
            throw new PackageException(name, "whole file", $"it is missing below '{prefix}'");
        }

        await using (stream)
        {
            try
            {
                using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
                return await reader.ReadToEndAsync(cancellationToken);
            }
            catch (DecoderFallbackException e)
            {
                throw new PackageException(name, $"byte {e.Index}", "expected UTF-8", e);
            }
        }
    }

    private static T Parse<T>(string file, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, ArtifactJson.Options) ?? throw new PackageException(file, "$", "expected a document, found null");
        }
        catch (JsonException e)
        {
            var place = $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}" + (e.Path is null ? "" : $", {e.Path}");
            throw new PackageException(file, place, $"expected {typeof(T).Name}: {e.Message}", e);
        }
    }
}
