using AgentScaler.Determinism;
using AgentScaler.Models.Replies;
using Microsoft.Extensions.AI;

namespace AgentScaler.Models;

/// <summary>The model that embeds tools. Batches are kept like replies: what was embedded before costs nothing.</summary>
public sealed class RoleEmbeddings
{
    private readonly EmbeddingModelSettings settings;
    private readonly Func<IReadOnlyList<string>, CancellationToken, Task<IReadOnlyList<ReadOnlyMemory<float>>>> embed;

    /// <summary>Embeddings by a generator alone, without anything around it.</summary>
    public RoleEmbeddings(EmbeddingModelSettings settings, IEmbeddingGenerator<string, Embedding<float>> generator)
        : this(settings, async (texts, token) => [.. (await generator.GenerateAsync(texts, cancellationToken: token)).Select(embedding => embedding.Vector)])
    {
    }

    internal RoleEmbeddings(EmbeddingModelSettings settings, Func<IReadOnlyList<string>, CancellationToken, Task<IReadOnlyList<ReadOnlyMemory<float>>>> embed) =>
        (this.settings, this.embed) = (settings, embed);

    /// <summary>Embeds texts.</summary>
    /// <returns>A vector for each text, in order, all of one length.</returns>
    /// <exception cref="ModelException">There is no answer, or not one vector a text.</exception>
    /// <exception cref="BudgetSpentException">The campaign may spend no more.</exception>
    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var vectors = new List<ReadOnlyMemory<float>>(texts.Count);
        var batches = texts.Chunk(settings.BatchSize).Select(batch => embed(batch, cancellationToken)).ToList();
        foreach (var batch in await Task.WhenAll(batches))
        {
            vectors.AddRange(batch);
        }

        return vectors.TrueForAll(vector => vector.Length == vectors[0].Length)
            ? vectors
            : throw new ModelException(ModelFault.BrokenAnswer, $"{ModelRole.Embedding.Name()} {settings.Model}: vectors of different lengths");
    }

    /// <summary>The key that a batch is kept under.</summary>
    internal static string KeyOf(EmbeddingModelSettings settings, IReadOnlyList<string> batch) => KeptReplies.NameOf(
        ModelRole.Embedding, Sha256Text.Of(Json.CanonicalJson.Serialize(new { version = 1, model = settings.Model, dimensions = settings.Dimensions, texts = batch })));
}
