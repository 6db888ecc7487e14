using AgentScaler.Models;
using AgentScaler.Models.Clients;

namespace AgentScaler.Functions;

/// <summary>Which endpoints of models the app's settings name.</summary>
/// <param name="endpoints">By role or <c>default</c>; null if the app reaches no models.</param>
/// <param name="host">What they are reached by; null where there are none.</param>
public sealed class ModelReach(SortedDictionary<string, ModelEndpoint>? endpoints, ModelHost? host)
{
    /// <summary>Whether the app reaches models at all.</summary>
    public bool Any => endpoints is not null;

    /// <summary>The endpoints' names, sorted.</summary>
    public IReadOnlyList<string> Names => [.. endpoints?.Keys ?? Enumerable.Empty<string>()];

    /// <summary>Asks an endpoint for its list of models, which costs nothing.</summary>
    /// <exception cref="ModelException">It does not answer.</exception>
    public Task CheckAsync(string name, CancellationToken cancellationToken) => host!.ReachAsync(name, endpoints![name], cancellationToken);
}
