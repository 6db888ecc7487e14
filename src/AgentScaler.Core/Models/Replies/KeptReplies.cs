using AgentScaler.Storage;

namespace AgentScaler.Models.Replies;

/// <summary>Where replies are kept: <c>replies/ROLE/xx/KEY.json</c> in an artifact store, and <c>KEY.refused.json</c> where there was none because the endpoint refused the request.</summary>
internal static class KeptReplies
{
    /// <summary>The artifact of a reply.</summary>
    public static string NameOf(ModelRole role, string key) => $"replies/{role.Name()}/{key[..2]}/{key}.json";

    /// <summary>The artifact that says that the request of a reply was refused.</summary>
    /// <param name="name">The artifact of the reply.</param>
    public static string RefusalOf(string name) => name[..^".json".Length] + ".refused.json";

    /// <summary>A kept reply, or null.</summary>
    /// <exception cref="StoreException">The store failed, or what is there is no reply.</exception>
    public static async Task<T?> ReadAsync<T>(IArtifactStore store, string name, CancellationToken cancellationToken)
        where T : class =>
        await store.ExistsAsync(name, cancellationToken) ? await store.ReadJsonAsync<T>(name, cancellationToken) : null;

    /// <summary>Keeps a reply unless there is one.</summary>
    /// <returns>The one that is kept now.</returns>
    public static async Task<T> KeepAsync<T>(IArtifactStore store, string name, T reply, CancellationToken cancellationToken) =>
        await store.TryCreateJsonAsync(name, reply, cancellationToken) ? reply : await store.ReadJsonAsync<T>(name, cancellationToken);

    /// <summary>The fault where only kept replies are wanted.</summary>
    public static ModelException Missing(ModelRole role, string? model, string name) => new(
        ModelFault.NotKept,
        $"{role.Name()} ({model}): operations.models.replies is 'replay', and no reply is kept for this request ({name}); set it to 'cache' to ask the model");
}
