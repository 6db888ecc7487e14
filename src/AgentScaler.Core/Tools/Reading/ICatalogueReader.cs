namespace AgentScaler.Tools.Reading;

/// <summary>Reads the tools of a document in one dialect. Faults in the document become problems, never exceptions.</summary>
internal interface ICatalogueReader
{
    /// <summary>The dialect it reads.</summary>
    string Dialect { get; }

    /// <summary>The document's tools in its order, repeated ones once.</summary>
    IEnumerable<ToolDraft> Read(SourceDocument document, ProblemList problems);
}
