using System.Text.Json;

namespace AgentScaler.Environments.Replay;

/// <summary>Replays one row of a file of recorded calls.</summary>
public interface IRowReplay
{
    /// <summary>Makes the row's calls again on a fresh environment.</summary>
    /// <param name="row">One line of the file.</param>
    /// <exception cref="FormatException">The row is of no shape that can be replayed; the message says what was expected.</exception>
    RowOutcome Run(JsonElement row);
}
