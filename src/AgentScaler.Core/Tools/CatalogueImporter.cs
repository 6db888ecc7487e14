using AgentScaler.Determinism;
using AgentScaler.Tools.Reading;
using AgentScaler.Tools.Screening;

namespace AgentScaler.Tools;

/// <summary>
/// Reads catalogues and screens their tools (pipeline.md, stage 1). The outcome depends on the documents' bytes, the relative names of those that
/// refer to each other, and the settings alone; order does not count. No document can stop an import; what is wrong with one is in the report.
/// </summary>
/// <param name="settings">What tools must have.</param>
/// <param name="folders">The files that refer to each other; their bytes come like those of all documents.</param>
public sealed class CatalogueImporter(ToolSettings settings, params IReadOnlyList<DocumentFolder> folders)
{
    private readonly SortedDictionary<(string Sha256, string Name), ReadDocument> documents = [];
    private readonly Dictionary<string, CatalogueDocument> waiting = new(StringComparer.Ordinal);
    private readonly List<DocumentFolder> unread = [.. folders];

    /// <summary>Imports documents in one go.</summary>
    /// <param name="documents">In any order; each is read once. Folders may be among them.</param>
    /// <param name="names">SHA-256 to the name people know a document by, for the report.</param>
    public static ImportOutcome Import(
        IEnumerable<CatalogueDocument> documents, ToolSettings settings, IReadOnlyDictionary<string, string>? names = null)
    {
        var all = documents.Select(document => (Document: document, Folder: DocumentFolder.TryRead(document.Bytes.Span))).ToList();
        var importer = new CatalogueImporter(settings, [.. all.Select(item => item.Folder).OfType<DocumentFolder>()]);
        foreach (var (document, _) in all.Where(item => item.Folder is null))
        {
            importer.Add(document);
        }

        var outcome = importer.Finish();
        return names is null ? outcome : outcome with { Report = outcome.Report.Named(names) };
    }

    /// <summary>
    /// Reads one document; its bytes are not needed any longer, unless it is of a folder of which others are still to come. A document that
    /// came before is passed over.
    /// </summary>
    public void Add(CatalogueDocument document)
    {
        if (!folders.Any(folder => folder.Files.ContainsValue(document.Sha256)))
        {
            if (!documents.ContainsKey((document.Sha256, "")))
            {
                documents.Add((document.Sha256, ""), DocumentReader.Read(document, null));
            }

            return;
        }

        waiting[document.Sha256] = document;
        foreach (var folder in unread.Where(folder => folder.Files.Values.All(waiting.ContainsKey)).ToList())
        {
            Read(folder);
        }
    }

    /// <summary>Screens, names and marks what was read, and lets go of it; nothing can be added any more.</summary>
    public ImportOutcome Finish()
    {
        unread.ToList().ForEach(Read);
        var screen = new ToolScreen(settings);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var tools = new List<ToolSpec>();
        var rejects = new List<RejectedTool>();
        var reports = new List<DocumentReport>();
        foreach (var document in documents.Values)
        {
            var rejected = new SortedDictionary<string, int>(StringComparer.Ordinal);
            foreach (var draft in document.Drafts)
            {
                var (name, description, quality, reason, detail) = screen.Judge(draft);
                if (name is not null)
                {
                    tools.Add(Spec(draft, ToolName.Unique(name, names), description, quality));
                    continue;
                }

                rejects.Add(new RejectedTool(document.Sha256, draft.Source.Place, ProblemList.Excerpt(draft.OriginalName), reason, detail));
                rejected[reason] = rejected.GetValueOrDefault(reason) + 1;
            }

            reports.Add(document.Report(rejected));
        }

        var totals = Totals(reports);
        documents.Clear();
        BoilerplateMarks.Apply(tools, settings.BoilerplateShare);
        tools.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return new ImportOutcome(tools, new ImportReport { Totals = totals, Documents = reports, Rejects = rejects });
    }

    /// <summary>Reads the files of a folder that have come; a file of several folders, or of several names, is read in each.</summary>
    private void Read(DocumentFolder folder)
    {
        unread.Remove(folder);
        var files = new SortedDictionary<string, CatalogueDocument>(StringComparer.Ordinal);
        foreach (var (name, sha256) in folder.Files)
        {
            if (waiting.TryGetValue(sha256, out var document))
            {
                files.Add(name, document);
            }
        }

        foreach (var document in DocumentReader.ReadFolder(files))
        {
            documents.TryAdd((document.Sha256, document.Name!), document);
        }

        foreach (var sha256 in folder.Files.Values.Where(sha256 => !unread.Any(other => other.Files.ContainsValue(sha256))))
        {
            waiting.Remove(sha256);
        }
    }

    private static ToolSpec Spec(ToolDraft draft, string name, string description, double quality) => new()
    {
        Id = ContentId.Of("tool", draft.Source.Provider, draft.OriginalName, draft.Parameters.GetRawText()),
        Name = name,
        OriginalName = draft.OriginalName,
        Description = description,
        Parameters = draft.Parameters,
        Returns = draft.Returns,
        Method = draft.Method,
        Path = draft.Path,
        Tags = draft.Tags,
        Quality = quality,
        Source = draft.Source,
    };

    private ImportTotals Totals(IReadOnlyList<DocumentReport> reports)
    {
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (reason, count) in reports.SelectMany(r => r.Rejected))
        {
            reasons[reason] = reasons.GetValueOrDefault(reason) + count;
        }

        return new ImportTotals
        {
            Documents = reports.Count,
            NotYetRead = documents.Values.Count(d => !d.IsRead && !d.IsBroken && !d.IsPart),
            Unreadable = documents.Values.Count(d => d.IsBroken),
            Read = reports.Sum(r => r.Read),
            Kept = reports.Sum(r => r.Kept),
            Rejected = reasons.Values.Sum(),
            RejectedByReason = reasons,
            Problems = reports.Sum(r => r.ProblemCount),
        };
    }
}
