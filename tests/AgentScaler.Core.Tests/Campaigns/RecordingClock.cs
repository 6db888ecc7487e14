using Microsoft.Extensions.Time.Testing;

namespace AgentScaler.Core.Tests.Campaigns;

/// <summary>A clock on which every wait is over at once: it notes how long it was to be and moves on by that much.</summary>
internal sealed class RecordingClock : FakeTimeProvider
{
    private readonly List<TimeSpan> waits = [];

    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (waits)
            {
                return [.. waits];
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero)
        {
            lock (waits)
            {
                waits.Add(dueTime);
            }

            ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        }

        return timer;
    }
}
