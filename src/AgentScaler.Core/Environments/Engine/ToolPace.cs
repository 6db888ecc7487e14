namespace AgentScaler.Environments.Engine;

/// <summary>Remembers that a tool needed more than a burst, so that its next calls are sampled from the start instead of run twice.</summary>
internal sealed class ToolPace
{
    private const int Calls = 100;

    private int left;

    /// <summary>Whether the next call is to be sampled. Threads may race here: the answer decides speed, never a result.</summary>
    public bool TakeMonitored()
    {
        var now = Volatile.Read(ref left);
        if (now == 0)
        {
            return false;
        }

        Volatile.Write(ref left, now - 1);
        return true;
    }

    /// <summary>A call took longer than a burst.</summary>
    public void WasSlow() => Volatile.Write(ref left, Calls);
}
