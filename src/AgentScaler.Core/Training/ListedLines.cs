using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using AgentScaler.Datasets;

namespace AgentScaler.Training;

/// <summary>Lines of a file that a manifest lists. They are hashed as they are read, so that at the end it is known whether it is that file.</summary>
internal sealed class ListedLines : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly DatasetFile listed;
    private readonly string path;

    /// <summary>Finds the file.</summary>
    /// <param name="root">The folder that holds <c>dataset/</c>.</param>
    /// <param name="name">Its path below the root, with <c>/</c>.</param>
    /// <exception cref="DatasetException">It is not listed, or not there.</exception>
    public ListedLines(string root, string name, DatasetManifest manifest)
    {
        Name = name;
        path = Path.Combine([root, .. name.Split('/')]);
        listed = manifest.Files.FirstOrDefault(file => file.Path == name) ?? throw new DatasetException($"dataset/{DatasetManifest.FileName}: $.files: expected {name} among them");
        if (!File.Exists(path))
        {
            throw new DatasetException($"{name}: expected the file that dataset/{DatasetManifest.FileName} lists, found none");
        }
    }

    /// <summary>The file's path below the root.</summary>
    public string Name { get; }

    /// <summary>Reads the lines; a line includes its line feed and is valid until the next is read.</summary>
    /// <exception cref="DatasetException">After the last line: the file is not the one that the manifest lists.</exception>
    public async IAsyncEnumerable<(long Offset, ReadOnlyMemory<byte> Line)> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (offset, line) in ByteLines.ReadAsync(path, cancellationToken))
        {
            hash.AppendData(line.Span);
            yield return (offset, line);
        }

        var found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found != listed.Sha256)
        {
            throw new DatasetException($"{Name}: expected SHA-256 {listed.Sha256} as dataset/{DatasetManifest.FileName} says, found {found}; see 'dataset validate'");
        }
    }

    public void Dispose() => hash.Dispose();
}
