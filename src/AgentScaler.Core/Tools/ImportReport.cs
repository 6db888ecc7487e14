namespace AgentScaler.Tools;

/// <summary>What an import read, kept and rejected. A function of the documents' bytes and the settings alone.</summary>
public sealed record ImportReport
{
    /// <summary>The sums over all documents.</summary>
    public required ImportTotals Totals { get; init; }

    /// <summary>One entry a document, sorted by SHA-256.</summary>
    public required IReadOnlyList<DocumentReport> Documents { get; init; }

    /// <summary>Every rejected tool, in the order of documents and places.</summary>
    public required IReadOnlyList<RejectedTool> Rejects { get; init; }

    /// <summary>The same report with the names people know the documents by.</summary>
    /// <param name="names">SHA-256 to name; documents it does not know keep the name they have.</param>
    public ImportReport Named(IReadOnlyDictionary<string, string> names) => this with
    {
        Documents = [.. Documents.Select(d => names.TryGetValue(d.Sha256, out var name) ? d with { Name = name } : d)],
    };
}
