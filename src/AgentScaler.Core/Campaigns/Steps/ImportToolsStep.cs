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
        var importer = new CatalogueImporter(settings.Tools);
        foreach (var sha256 in settings.Documents.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
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

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(IArtifactStore store, string sha256, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(DocumentUpload.ArtifactOf(sha256), cancellationToken)
            ?? throw new StoreException($"document {sha256} is not in the artifact store; start the campaign with its sources again");
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        var content = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        return Sha256Text.Of(content.Span) == sha256
            ? content
            : throw new StoreException($"document {sha256} in the artifact store has other content than its hash says");
    }
}
