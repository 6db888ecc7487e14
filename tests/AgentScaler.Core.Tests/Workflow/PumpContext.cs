using System.Collections.Concurrent;

namespace AgentScaler.Core.Tests.Workflow;

/// <summary>
/// Runs the continuations of one replay on the thread that replays, and notes every continuation that comes from elsewhere: only a task
/// that the workflow context did not give is completed by another thread.
/// </summary>
internal sealed class PumpContext : SynchronizationContext
{
    private readonly int thread = Environment.CurrentManagedThreadId;
    private readonly Queue<(SendOrPostCallback Callback, object? State)> queue = new();
    private readonly ConcurrentQueue<string> violations = new();

    /// <summary>Whether the caller is on the thread that replays.</summary>
    public bool IsOwnThread => Environment.CurrentManagedThreadId == thread;

    /// <summary>What came from other threads so far.</summary>
    public string? Violation => violations.TryPeek(out var first) ? first : null;

    public void Note(string violation) => violations.Enqueue(violation);

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsOwnThread)
        {
            queue.Enqueue((d, state));
        }
        else
        {
            Note("a continuation came from another thread: the workflow awaited a task that its context did not give (Task.Run, Task.Delay, I/O)");
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs all that was posted until nothing is left.</summary>
    public void Drain()
    {
        while (queue.TryDequeue(out var next))
        {
            next.Callback(next.State);
        }
    }
}
