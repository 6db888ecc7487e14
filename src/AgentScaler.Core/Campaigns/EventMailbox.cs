namespace AgentScaler.Campaigns;

/// <summary>Events for one workflow instance: kept in order until somebody waits. Used only on the host's workflow scheduler, so it needs no lock.</summary>
internal sealed class EventMailbox
{
    private readonly SortedDictionary<string, Queue<string>> kept = new(StringComparer.Ordinal);
    private readonly List<Waiter> waiters = [];

    /// <summary>Hands an event to the first that waits for it, or keeps it.</summary>
    public void Raise(string name, string payload)
    {
        waiters.RemoveAll(waiter => waiter.IsOver() || waiter.Answer.Task.IsCompleted);
        var first = waiters.Find(waiter => waiter.Name == name);
        if (first is null || !first.Answer.TrySetResult(payload))
        {
            QueueOf(name).Enqueue(payload);
        }
    }

    /// <summary>The next event of that name: at once if one was kept.</summary>
    /// <param name="isOver">Whether the one who waits has ended; then the event is for its successor.</param>
    public TaskCompletionSource<string> Wait(string name, Func<bool> isOver)
    {
        var answer = new TaskCompletionSource<string>();
        if (QueueOf(name).TryDequeue(out var payload))
        {
            answer.SetResult(payload);
        }
        else
        {
            waiters.Add(new Waiter(name, answer, isOver));
        }

        return answer;
    }

    private Queue<string> QueueOf(string name) => kept.TryGetValue(name, out var queue) ? queue : kept[name] = new Queue<string>();

    private sealed record Waiter(string Name, TaskCompletionSource<string> Answer, Func<bool> IsOver);
}
