using AgentScaler.Models.Replies;
using AgentScaler.Models.Spending;
using AgentScaler.Storage;
using Microsoft.Extensions.AI;
using Polly;

namespace AgentScaler.Models.Clients;

/// <summary>A batch of texts on its way to the endpoint: kept vectors, retries, gate, budget, ledger, as for replies.</summary>
internal sealed class EmbeddingCalls(
    IEmbeddingGenerator<string, Embedding<float>> generator,
    EmbeddingModelSettings settings,
    ModelEndpoint endpoint,
    ReplyMode mode,
    IArtifactStore? store,
    ResiliencePipeline retry,
    EndpointGate gate,
    BudgetGuard guard,
    SpendLine line)
{
    private readonly EmbeddingGenerationOptions options = new() { ModelId = endpoint.Deployment ?? settings.Model, Dimensions = settings.Dimensions };

    /// <summary>Embeds one batch.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> batch, CancellationToken cancellationToken)
    {
        if (store is null || mode == ReplyMode.Off)
        {
            return await CallAsync(batch, cancellationToken);
        }

        var name = RoleEmbeddings.KeyOf(settings, batch);
        if (await KeptReplies.ReadAsync<KeptVectors>(store, name, cancellationToken) is { } kept)
        {
            line.CountKept();
            return kept.ToVectors();
        }

        return mode == ReplyMode.Replay
            ? throw KeptReplies.Missing(ModelRole.Embedding, settings.Model, name)
            : (await KeptReplies.KeepAsync(store, name, KeptVectors.Of(await CallAsync(batch, cancellationToken)), CancellationToken.None)).ToVectors();
    }

    private async Task<IReadOnlyList<ReadOnlyMemory<float>>> CallAsync(IReadOnlyList<string> batch, CancellationToken cancellationToken)
    {
        var estimate = TokenEstimate.Of([new ChatMessage(ChatRole.User, string.Concat(batch))], null);
        var embeddings = await retry.ExecuteAsync(
            async token => await gate.PassAsync(estimate, () => AskAsync(batch, estimate, token), found => found.Usage?.TotalTokenCount, token), cancellationToken);
        return [.. embeddings.Select(embedding => embedding.Vector)];
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> AskAsync(IReadOnlyList<string> batch, int estimate, CancellationToken cancellationToken)
    {
        await guard.CheckAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        GeneratedEmbeddings<Embedding<float>> found;
        try
        {
            found = await generator.GenerateAsync(batch, options, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The endpoint embeds them all the same.
            await line.AddAsync(new ModelUsage(1, estimate, 0, 0, 0), isCounted: false, CancellationToken.None);
            throw;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException)
        {
            throw new ModelException(ModelFault.BrokenAnswer, $"{ModelRole.Embedding.Name()} {settings.Model}: an answer that holds no embeddings ({e.Message})");
        }

        var counted = found.Usage?.TotalTokenCount;
        await line.AddAsync(new ModelUsage(1, counted ?? estimate, 0, 0, 0), counted is not null, CancellationToken.None);
        return found.Count == batch.Count
            ? found
            : throw new ModelException(ModelFault.BrokenAnswer, $"{ModelRole.Embedding.Name()} {settings.Model}: {found.Count} vectors for {batch.Count} texts");
    }
}
