namespace AgentScaler.Core.Tests.Campaigns;

/// <summary>Keeps all it hears, and calls a function at once.</summary>
internal sealed class Listener<T>(Action<T>? heard = null) : IProgress<T>
{
    private readonly List<T> all = [];

    public IReadOnlyList<T> All
    {
        get
        {
            lock (all)
            {
                return [.. all];
            }
        }
    }

    public void Report(T value)
    {
        lock (all)
        {
            all.Add(value);
        }

        heard?.Invoke(value);
    }
}
