using System.Text.Json;

namespace AgentScaler.Tools.Reading;

/// <summary>The files of a source that refer to each other, each parsed when it is first reached.</summary>
/// <param name="files">Name below the source to bytes.</param>
internal sealed class ParsedFiles(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files) : IDisposable
{
    private readonly Dictionary<string, SourceDocument?> parsed = new(StringComparer.Ordinal);

    public bool Contains(string file) => files.ContainsKey(file);

    /// <summary>A file's value, or null if it is neither JSON nor YAML; its faults are reported where it is read as a document itself.</summary>
    public JsonElement? Open(string file)
    {
        if (!parsed.TryGetValue(file, out var document))
        {
            var problems = new ProblemList();
            parsed[file] = document = DialectDetector.Detect("", DocumentText.Decode(files[file], problems), problems);
        }

        return document?.Json?.RootElement;
    }

    public void Dispose()
    {
        foreach (var document in parsed.Values)
        {
            document?.Dispose();
        }
    }
}
