using System.Collections;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;

namespace AgentScaler.Core.Tests.Environments;

/// <summary>The rows from which a session begins; as often as told a limit of the runtime is hit when it opens, as on a machine that is busy.</summary>
internal sealed class HitsALimit(int times) : IReadOnlyList<RowChange>
{
    /// <summary>How often it was opened.</summary>
    public int Opened { get; private set; }

    public int Count => 0;

    public RowChange this[int index] => throw new ArgumentOutOfRangeException(nameof(index));

    public IEnumerator<RowChange> GetEnumerator() =>
        ++Opened > times ? Enumerable.Empty<RowChange>().GetEnumerator() : throw new EpisodeAbortedException(AbortReason.Time, "env-library", "get_book", "took too long");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
