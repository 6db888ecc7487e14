using AgentScaler.Environments.Calls;

namespace AgentScaler.Tasks;

/// <summary>A row whose key an earlier gold call showed.</summary>
/// <param name="Row">The row; of a collection that is keyed by another's keys, the other's.</param>
/// <param name="Step">The 0-based call.</param>
/// <param name="Path">Where in its result the key stands.</param>
/// <param name="Created">Whether that call created the row.</param>
/// <param name="Position">The 0-based place among the rows of the result of the row that shows the key.</param>
/// <param name="IsOwn">Whether the row that shows the key is the row itself, rather than one that refers to it.</param>
internal sealed record KnownRow(RowKey Row, int Step, string Path, bool Created, int Position, bool IsOwn);
