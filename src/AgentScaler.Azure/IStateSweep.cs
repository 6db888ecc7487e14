using AgentScaler.Storage;

namespace AgentScaler.Azure;

/// <summary>Removes what killed writers of state rows left behind and nobody reads.</summary>
public interface IStateSweep
{
    /// <summary>Sweeps.</summary>
    /// <param name="before">What was written later stays: its row may be about to be written.</param>
    /// <returns>How many values were removed.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    Task<int> SweepAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
