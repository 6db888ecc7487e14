using AgentScaler.Tools.Reading;

namespace AgentScaler.Tools.Sources;

/// <summary>Finds which files of a source refer to each other.</summary>
public static class SourceLinks
{
    /// <summary>The folders of files that refer to others, with the files they refer to; one for each source that has such.</summary>
    /// <param name="files">The located files.</param>
    /// <param name="hashes">Path of a file to the SHA-256 of its bytes; files that are not in it are passed over.</param>
    /// <param name="open">Reads a file's bytes.</param>
    public static IReadOnlyList<DocumentFolder> Find(
        IEnumerable<LocatedFile> files, IReadOnlyDictionary<string, string> hashes, Func<LocatedFile, ReadOnlyMemory<byte>> open)
    {
        var folders = new List<DocumentFolder>();
        foreach (var source in files.Where(file => hashes.ContainsKey(file.Path)).GroupBy(file => file.Root, StringComparer.Ordinal).OrderBy(source => source.Key, StringComparer.Ordinal))
        {
            var byName = source.ToDictionary(file => file.Name, StringComparer.Ordinal);
            var linked = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var file in source)
            {
                var targets = FileReferences.Of(file.Name, DocumentText.Decode(open(file), new ProblemList()).Span).ToList();
                foreach (var name in targets.Count > 0 ? targets.Append(file.Name).Where(byName.ContainsKey) : [])
                {
                    linked[name] = hashes[byName[name].Path];
                }
            }

            if (linked.Count > 0)
            {
                folders.Add(new DocumentFolder(linked));
            }
        }

        return folders;
    }
}
