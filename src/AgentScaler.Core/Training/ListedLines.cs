using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Writers;

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

    /// <summary>Reads the lines with the place they stand at, so that they can be fetched again without being held; without their line feeds, and valid until the next is read.</summary>
    /// <exception cref="DatasetException">The last line lacks its line feed; or, after it, the file is not the one that the manifest lists.</exception>
    public async IAsyncEnumerable<(long Offset, ReadOnlyMemory<byte> Line)> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
        long offset = 0;
        await foreach (var line in LineReader.ReadAsync(stream, cancellationToken))
        {
            if (offset + line.Length == stream.Length)
            {
                throw new DatasetException($"{Name}: expected a line feed at the end, the last line is cut off");
            }

            hash.AppendData(line.Span);
            hash.AppendData("\n"u8);
            yield return (offset, line);
            offset += line.Length + 1;
        }

        var found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (found != listed.Sha256)
        {
            throw new DatasetException($"{Name}: expected SHA-256 {listed.Sha256} as dataset/{DatasetManifest.FileName} says, found {found}; see 'dataset validate'");
        }
    }

    public void Dispose() => hash.Dispose();
}
