using AgentScaler.Determinism;
using AgentScaler.Json;
using AgentScaler.Tools.OpenApi;
using AgentScaler.Tools.Reading;
using AgentScaler.Tools.Screening;
using AgentScaler.Tools.ToolLists;

namespace AgentScaler.Tools;

/// <summary>
/// Reads catalogues and screens their tools (pipeline.md, stage 1). The outcome depends on the documents' bytes and the settings alone:
/// neither their names nor their order count. No document can stop an import; what is wrong with one is in the report.
/// </summary>
/// <param name="settings">What tools must have.</param>
public sealed class CatalogueImporter(ToolSettings settings)
{
    private static readonly ICatalogueReader[] Readers = [new OpenApiReader(), new OpenAiToolsReader(), new ToolLinesReader()];

    private readonly SortedDictionary<string, ReadDocument> documents = new(StringComparer.Ordinal);

    /// <summary>Imports documents in one go.</summary>
    /// <param name="documents">In any order; each is read once.</param>
    /// <param name="names">SHA-256 to the name people know a document by, for the report.</param>
    public static ImportOutcome Import(
        IEnumerable<CatalogueDocument> documents, ToolSettings settings, IReadOnlyDictionary<string, string>? names = null)
    {
        var importer = new CatalogueImporter(settings);
        foreach (var document in documents)
        {
            importer.Add(document);
        }

        var outcome = importer.Finish();
        return names is null ? outcome : outcome with { Report = outcome.Report.Named(names) };
    }

    /// <summary>Reads one document; its bytes are not needed any longer. A document that came before is passed over.</summary>
    public void Add(CatalogueDocument document)
    {
        if (documents.ContainsKey(document.Sha256))
        {
            return;
        }

        var problems = new ProblemList();
        using var source = DialectDetector.Detect(document.Sha256, DocumentText.Decode(document.Bytes, problems), problems);
        var reader = Readers.FirstOrDefault(r => r.Dialect == source.Dialect);
        IReadOnlyList<ToolDraft> drafts = [];
        if (reader is not null)
        {
            drafts = [.. reader.Read(source, problems)];
        }
        else if (source.Dialect != DialectDetector.BrokenJson)
        {
            problems.Add("dialect.unread", "document", source.Dialect, Dialect.Expected);
        }

        documents.Add(document.Sha256, new ReadDocument(document.Name, source.Dialect, drafts, problems));
    }

    /// <summary>Screens, names and marks what was read.</summary>
    public ImportOutcome Finish()
    {
        var screen = new ToolScreen(settings);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var tools = new List<ToolSpec>();
        var rejects = new List<RejectedTool>();
        var reports = new List<DocumentReport>();
        foreach (var (sha256, document) in documents)
        {
            var rejected = new SortedDictionary<string, int>(StringComparer.Ordinal);
            foreach (var draft in document.Drafts)
            {
                var (name, description, reason, detail) = screen.Judge(draft);
                if (name is not null)
                {
                    tools.Add(Spec(draft, ToolName.Unique(name, names), description));
                    continue;
                }

                rejects.Add(new RejectedTool(sha256, draft.Source.Place, ProblemList.Excerpt(draft.OriginalName), reason, detail));
                rejected[reason] = rejected.GetValueOrDefault(reason) + 1;
            }

            reports.Add(document.Report(sha256, rejected));
        }

        var kept = BoilerplateMarks.Apply(tools, settings.BoilerplateShare).OrderBy(t => t.Name, StringComparer.Ordinal);
        return new ImportOutcome([.. kept], new ImportReport { Totals = Totals(reports), Documents = reports, Rejects = rejects });
    }

    private static ToolSpec Spec(ToolDraft draft, string name, string description) => new()
    {
        Id = ContentId.Of("tool", draft.Source.Provider, draft.OriginalName, CanonicalJson.Write(draft.Parameters)),
        Name = name,
        OriginalName = draft.OriginalName,
        Description = description,
        Parameters = draft.Parameters,
        Returns = draft.Returns,
        Method = draft.Method,
        Path = draft.Path,
        Tags = draft.Tags,
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
            NotYetRead = documents.Values.Count(d => d.Dialect != DialectDetector.BrokenJson && Readers.All(r => r.Dialect != d.Dialect)),
            Unreadable = documents.Values.Count(d => d.Dialect == DialectDetector.BrokenJson),
            Read = reports.Sum(r => r.Read),
            Kept = reports.Sum(r => r.Kept),
            Rejected = reasons.Values.Sum(),
            RejectedByReason = reasons,
            Problems = reports.Sum(r => r.ProblemCount),
        };
    }

    private sealed record ReadDocument(string? Name, string Dialect, IReadOnlyList<ToolDraft> Drafts, ProblemList Problems)
    {
        public DocumentReport Report(string sha256, SortedDictionary<string, int> rejected) => new()
        {
            Sha256 = sha256,
            Name = Name,
            Dialect = Dialect,
            Read = Drafts.Count,
            Kept = Drafts.Count - rejected.Values.Sum(),
            Rejected = rejected,
            Problems = Problems.Listed,
            ProblemCount = Problems.Count,
        };
    }
}
