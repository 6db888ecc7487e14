using AgentScaler.Tools.OpenApi;
using AgentScaler.Tools.ToolLists;

namespace AgentScaler.Tools.Reading;

/// <summary>Reads documents: decoded, dialect detected, tools drafted.</summary>
internal static class DocumentReader
{
    /// <summary>The dialect of a file that holds nothing but parts of other documents.</summary>
    public const string PartDialect = "part";

    private static readonly ICatalogueReader[] Readers = [new OpenApiReader(), new FunctionListReader(), new ToolLinesReader()];

    /// <summary>Reads a document.</summary>
    /// <param name="files">The files it may refer to, or null if it stands alone.</param>
    public static ReadDocument Read(CatalogueDocument document, LinkedFiles? files)
    {
        var problems = new ProblemList();
        using var source = DialectDetector.Detect(document.Sha256, DocumentText.Decode(document.Bytes, problems), problems) with { Files = files };
        var reader = Array.Find(Readers, r => r.Reads(source.Dialect));
        ToolDraft[] drafts = reader is null ? [] : [.. reader.Read(source, problems)];
        if (reader is null && source.Dialect is not (DialectDetector.BrokenJson or DialectDetector.BrokenYaml))
        {
            problems.Add("dialect.unread", "document", source.Dialect, Dialect.Expected);
        }
        else if (reader is not null && drafts.Length == 0 && problems.Count == 0)
        {
            problems.Add("tools.none", "document", "no tools", "at least one tool");
        }

        return new ReadDocument(document.Sha256, document.Name, source.Dialect, drafts, problems) { IsRead = reader is not null };
    }

    /// <summary>Reads the files of one source that refer to each other; those that only others use are parts of them.</summary>
    /// <param name="files">Name below the source to document.</param>
    public static IReadOnlyList<ReadDocument> ReadFolder(SortedDictionary<string, CatalogueDocument> files)
    {
        using var parsed = new ParsedFiles(files.ToDictionary(file => file.Key, file => file.Value.Bytes, StringComparer.Ordinal));
        var users = new Dictionary<string, string>(StringComparer.Ordinal);
        var read = new List<ReadDocument>();
        foreach (var (name, document) in files)
        {
            read.Add(Read(document with { Name = name }, new LinkedFiles(name, parsed)));
            foreach (var target in FileReferences.Of(name, DocumentText.Decode(document.Bytes, new ProblemList()).Span))
            {
                users.TryAdd(target, name);
            }
        }

        return [.. read.Select(document => !document.IsRead && !document.IsBroken && users.TryGetValue(document.Name!, out var user) ? Part(document, user) : document)];
    }

    private static ReadDocument Part(ReadDocument document, string user)
    {
        var problems = new ProblemList();
        problems.Add("document.part", "document", $"a part of '{user}'", "a document of its own gives tools; this one is read where it is referred to");
        return document with { Dialect = PartDialect, Problems = problems, IsPart = true };
    }
}
