using AgentScaler.Campaigns;
using AgentScaler.Determinism;
using AgentScaler.Tools.Sources;

namespace AgentScaler.Cli.Local;

/// <summary>Prepares a campaign on this machine: documents into the store, their hashes into the identity, the folder opened.</summary>
internal static class LocalRun
{
    /// <summary>Reads a campaign document, or gives the sample campaign.</summary>
    /// <returns>The document, and the folder its relative sources start from.</returns>
    public static (CampaignDocument Document, string Base) ReadDocument(FileInfo? file, IReadOnlyList<string> sources)
    {
        var document = new CampaignDocument();
        var start = Directory.GetCurrentDirectory();
        if (file is not null)
        {
            if (!file.Exists)
            {
                throw new UsageException($"campaign document '{file.FullName}' does not exist");
            }

            using var stream = file.OpenRead();
            document = CampaignReader.Read(stream, file.Name);
            start = file.DirectoryName!;
        }

        if (document.Operations.Models.RepliesFolder is { } replies)
        {
            document = document with { Operations = document.Operations with { Models = document.Operations.Models with { RepliesFolder = Path.GetFullPath(replies, start) } } };
        }

        document = document with { Operations = document.Operations with { Packages = [.. document.Operations.Packages.Select(folder => Path.GetFullPath(folder, start))] } };

        if (sources.Count > 0)
        {
            start = Directory.GetCurrentDirectory();
            document = document with { Operations = document.Operations with { Sources = sources } };
        }
        else if (document.Operations.Sources.Count == 0 && document.Operations.Packages.Count == 0)
        {
            document = document with { Operations = document.Operations with { Sources = [SampleCatalogue.Folder] } };
        }

        return (document, start);
    }

    /// <summary>Opens the campaign's folder and stores its documents.</summary>
    /// <returns>The folder, and the files that are not read, each with its reason.</returns>
    public static async Task<(CampaignFolder Folder, IReadOnlyList<SkippedFile> Skipped)> OpenAsync(
        CampaignDocument document, string start, string output, CancellationToken cancellationToken)
    {
        var located = SourceLocator.Locate(document.Operations.Sources, start);
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var readable = new List<LocatedFile>();
        var skipped = new List<SkippedFile>(located.Skipped);
        foreach (var file in located.Files)
        {
            try
            {
                await using var stream = File.OpenRead(file.Path);
                hashes[file.Path] = await Sha256Text.OfAsync(stream, cancellationToken);
                names.TryAdd(hashes[file.Path], file.Name);
                readable.Add(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                skipped.Add(new SkippedFile(file.Name, e.Message));
            }
        }

        var folders = SourceLinks.Find(readable, hashes, file => File.ReadAllBytes(file.Path));
        var packages = GivenPackages.Read(document.Operations.Packages);
        var effective = document with
        {
            Identity = document.Identity with { Documents = [.. names.Keys.Concat(folders.Select(folder => folder.ToDocument().Sha256)).Order(StringComparer.Ordinal)], Packages = [.. packages.Select(package => package.Sha256)] },
            Operations = document.Operations with { DocumentNames = names },
        };
        var folder = await CampaignFolder.OpenAsync(output, effective, cancellationToken);
        try
        {
            await DocumentUpload.StoreAsync(folder.Artifacts, readable, cancellationToken);
            await DocumentUpload.StoreAsync(folder.Artifacts, folders, cancellationToken);
            foreach (var package in packages)
            {
                await package.StoreAsync(folder.Artifacts, cancellationToken);
            }

            return (folder, skipped);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }
}
