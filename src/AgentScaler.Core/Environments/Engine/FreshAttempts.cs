namespace AgentScaler.Environments.Engine;

/// <summary>
/// Work on fresh sessions that is begun again when a limit of the runtime was hit: such limits depend on the machine, so one hit says nothing
/// (pipeline.md, determinism contract).
/// </summary>
public static class FreshAttempts
{
    /// <summary>Attempts, all together.</summary>
    public const int Most = 3;

    /// <summary>Runs the work; it must open its sessions itself.</summary>
    /// <exception cref="EpisodeAbortedException">Every attempt hit a limit.</exception>
    public static T Run<T>(Func<T> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return work();
            }
            catch (EpisodeAbortedException) when (attempt < Most)
            {
                // The isolate is gone; the next attempt gets another.
            }
        }
    }
}
