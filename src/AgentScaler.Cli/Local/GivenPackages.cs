using AgentScaler.Environments.Given;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Cli.Local;

/// <summary>The packages of which a campaign's document gives parts.</summary>
internal static class GivenPackages
{
    /// <summary>Reads and checks the folders.</summary>
    /// <returns>Their documents, sorted by hash, each once.</returns>
    /// <exception cref="PackageException">A part is broken; the message names folder, file and place.</exception>
    public static IReadOnlyList<GivenDocument> Read(IReadOnlyList<string> folders)
    {
        var documents = new SortedDictionary<string, GivenDocument>(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            try
            {
                var files = GivenFolder.Read(folder);
                if (!GivenParts.Read(files).HasTools)
                {
                    throw new PackageException(PackageFiles.Tools, "whole file", "it is missing; a package that is given to a campaign brings its tools");
                }

                var document = GivenDocument.Of(files);
                documents[document.Sha256] = document;
            }
            catch (PackageException e)
            {
                throw new UsageException($"{folder}: {e.Message}");
            }
        }

        return [.. documents.Values];
    }
}
