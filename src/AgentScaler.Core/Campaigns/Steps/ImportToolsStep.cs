using AgentScaler.Determinism;
using AgentScaler.Storage;
using AgentScaler.Tools;
using AgentScaler.Tools.Sources;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns.Steps;

/// <summary>
/// Reads the campaign's documents from the store and writes <c>tools.jsonl</c> (a <see cref="ToolSpec"/> a line, sorted by name) and
/// <c>report.json</c> (<see cref="ImportReport"/>, documents named by hash only, as paths must not count).
/// </summary>
public sealed class ImportToolsStep : IStep
{
    /// <inheritdoc/>
    public StepName Name => StepNames.ImportTools;

    /// <inheritdoc/>
    public object SelectSettings(CampaignIdentity identity) => new ImportToolsSettings(identity.Documents, identity.Tools);

    /// <inheritdoc/>
    /// <exception cref="StoreException">A document is missing in the store, or is not what its hash says.</exception>
    public async Task<StepResult> RunAsync(StepRun run, CancellationToken cancellationToken)
    {
        var settings = (ImportToolsSettings)run.Settings;
        var documents = settings.Documents.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var folders = new SortedDictionary<string, DocumentFolder>(StringComparer.Ordinal);
        foreach (var sha256 in documents)
        {
            if (await ReadFolderAsync(run.Artifacts, sha256, cancellationToken) is { } folder)
            {
                folders.Add(sha256, folder);
            }
        }

        var importer = new CatalogueImporter(settings.Tools, [.. folders.Values]);
        foreach (var sha256 in documents.Where(sha256 => !folders.ContainsKey(sha256)))
        {
            importer.Add(new CatalogueDocument(sha256, await ReadAsync(run.Artifacts, sha256, cancellationToken)));
        }

        var (tools, report) = importer.Finish();
        var output = run.NewArtifact("tools.jsonl");
        await run.Artifacts.TryCreateJsonAsync(run.NewArtifact("report.json"), report, cancellationToken);
        await run.Artifacts.TryCreateLinesAsync(output, tools, cancellationToken);
        var totals = report.Totals;
        return StepResult.Of(output, ("documents", totals.Documents), ("read", totals.Read), ("tools", totals.Kept), ("rejected", totals.Rejected));
    }

    /// <summary>The folder that a document is, or null: a look at its first bytes spares reading most others twice.</summary>
    private static async Task<DocumentFolder?> ReadFolderAsync(IArtifactStore store, string sha256, CancellationToken cancellationToken)
    {
        await using (var stream = await OpenAsync(store, sha256, cancellationToken))
        {
            var start = new byte[DocumentFolder.Start.Length];
            if (await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken) < start.Length
                || !DocumentFolder.Start.SequenceEqual(start))
            {
                return null;
            }
        }

        return DocumentFolder.TryRead((await ReadAsync(store, sha256, cancellationToken)).Span);
    }

    private static async Task<Stream> OpenAsync(IArtifactStore store, string sha256, CancellationToken cancellationToken) =>
        await store.OpenReadAsync(DocumentUpload.ArtifactOf(sha256), cancellationToken)
            ?? throw new StoreException($"document {sha256} is not in the artifact store; start the campaign with its sources again");

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(IArtifactStore store, string sha256, CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(store, sha256, cancellationToken);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        var content = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        return Sha256Text.Of(content.Span) == sha256
            ? content
            : throw new StoreException($"document {sha256} in the artifact store has other content than its hash says");
    }
}
