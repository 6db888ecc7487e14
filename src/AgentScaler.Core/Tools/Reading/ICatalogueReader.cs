namespace AgentScaler.Tools.Reading;

/// <summary>Reads the tools of a document in its dialects. Faults in the document become problems, never exceptions.</summary>
internal interface ICatalogueReader
{
    /// <summary>Whether it reads a dialect.</summary>
    bool Reads(string dialect);

    /// <summary>The document's tools in its order, repeated ones once.</summary>
    IEnumerable<ToolDraft> Read(SourceDocument document, ProblemList problems);
}
