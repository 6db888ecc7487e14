using AgentScaler.Environments.Calls;

namespace AgentScaler.Tasks;

/// <summary>A row whose key an earlier gold call showed.</summary>
/// <param name="Step">The 0-based call.</param>
/// <param name="Path">Where in its result the key stands.</param>
/// <param name="Created">Whether that call created the row.</param>
internal sealed record KnownRow(RowKey Row, int Step, string Path, bool Created);
