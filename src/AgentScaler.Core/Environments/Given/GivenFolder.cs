using System.Text;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Given;

/// <summary>Reads the parts of a package from a folder on disk.</summary>
public static class GivenFolder
{
    /// <summary>Files that a whole package has beside its parts, and what people keep in folders; passed over.</summary>
    private static readonly string[] Others = [PackageFiles.Manifest, PackageFiles.Audit, "README.md"];

    /// <summary>Reads all files of the folder: name within it to text.</summary>
    /// <exception cref="PackageException">There is no such folder, or a file is no UTF-8 text.</exception>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static SortedDictionary<string, string> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new PackageException(folder, "folder", "it does not exist");
        }

        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
            if (!Others.Contains(name) && !name.Split('/').Any(part => part.StartsWith('.') || part.StartsWith('~')))
            {
                files[name] = Decode(name, File.ReadAllBytes(path));
            }
        }

        return files;
    }

    private static string Decode(string name, byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new PackageException(name, $"byte {e.Index}", "expected UTF-8", e);
        }
    }
}
