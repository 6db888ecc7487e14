using System.Collections.Concurrent;
using AgentScaler.Storage;

namespace AgentScaler.Azure.Rows;

/// <summary>The writes of one call on their way: planned as conditional actions, planned anew when the rows turn out to be others.</summary>
internal sealed class RowBatch(string partition, IReadOnlyList<StateWrite> writes, string mark)
{
    /// <summary>What is known of the rows before anything was read.</summary>
    public static readonly IReadOnlyDictionary<string, RowVersion> NoVersions = new Dictionary<string, RowVersion>();

    private readonly List<RowPlan> plans = [];

    public string Partition => partition;

    /// <summary>The mark that all rows of this batch get.</summary>
    public string Mark => mark;

    /// <summary>Keys whose value stands in a blob, with the value's SHA-256.</summary>
    public ConcurrentDictionary<string, string> Spilled { get; } = new(StringComparer.Ordinal);

    /// <summary>The rows it is about.</summary>
    public IReadOnlyList<string> Keys { get; } = [.. writes.Select(write => write.Key)];

    /// <summary>Whether the current versions must be read first: for writes without a condition, and for deletes of what must not be there.</summary>
    public bool NeedsVersions => writes.Any(write => write.ETag is null || (write.ETag == StateWrite.Absent && write.Value is null));

    /// <summary>The actions to send; a delete of what is not there is none.</summary>
    public IReadOnlyList<RowAction> Actions => [.. plans.Select(plan => ActionOf(plan.Write, plan.Expected))];

    /// <summary>The versions with a blob that the planned actions replace.</summary>
    public IEnumerable<(string Key, string Mark)> Replaced =>
        plans.Where(plan => plan.Expected is { IsSpilled: true }).Select(plan => (plan.Write.Key, plan.Expected!.Newest));

    /// <summary>An answer where nothing was to be done.</summary>
    public IReadOnlyList<string?> NoETags => new string?[writes.Count];

    /// <summary>Plans the actions against the current versions.</summary>
    /// <param name="current">The versions as read; <see cref="NoVersions"/> where none were read, and conditions are left to the service.</param>
    /// <exception cref="StateConflictException">A condition of the caller does not hold.</exception>
    public void Plan(IReadOnlyDictionary<string, RowVersion> current)
    {
        var isRead = !ReferenceEquals(current, NoVersions);
        plans.Clear();
        foreach (var write in writes)
        {
            var there = current.GetValueOrDefault(write.Key);
            var expected = write.ETag switch
            {
                null => there,
                StateWrite.Absent => there is null ? null : throw new StateConflictException(partition, write.Key, "no row"),
                _ => RowVersion.Parse(write.ETag) is { } version && (!isRead || there?.Newest == version.Newest)
                    ? version
                    : throw new StateConflictException(partition, write.Key, $"version {write.ETag}"),
            };
            if (write.Value is not null || expected is not null)
            {
                plans.Add(new RowPlan(write, expected));
            }
        }
    }

    /// <summary>Values to put into blobs: those that fit into no row, and the largest until the rest fits into one batch.</summary>
    public IReadOnlyList<StateWrite> TooLarge(IRowService service)
    {
        var large = writes.Where(write => write.Value is { } value && !service.Fits(value)).ToList();
        var small = writes.Except(large).Where(write => write.Value is not null)
            .Select(write => (Write: write, Bytes: service.SentBytes(partition, write.Key, write.Value)))
            .OrderByDescending(sized => sized.Bytes).ThenBy(sized => sized.Write.Key, StringComparer.Ordinal).ToList();
        var total = small.Sum(sized => (long)sized.Bytes)
            + writes.Where(write => write.Value is null).Concat(large).Sum(write => (long)service.SentBytes(partition, write.Key, null));
        foreach (var (write, bytes) in small.TakeWhile(_ => total > service.BatchBytes))
        {
            large.Add(write);
            total += service.SentBytes(partition, write.Key, null) - bytes;
        }

        return large;
    }

    /// <summary>Whether the batch has been applied although the service says no: a row bears its mark, or it only deletes, was sent twice and all is gone.</summary>
    public bool WasApplied(IReadOnlyDictionary<string, RowVersion> current, bool wasRepeated) =>
        current.Values.Any(version => version.Has(mark))
        || (wasRepeated && plans.All(plan => plan.Write.Value is null && !current.ContainsKey(plan.Write.Key)));

    /// <summary>The ETags of the writes, from those that the service gave to the actions.</summary>
    public IReadOnlyList<string?> ETagsOf(IReadOnlyList<string?> service)
    {
        var byKey = plans.Zip(service).ToDictionary(pair => pair.First.Write.Key, pair => (pair.First.Expected, pair.Second), StringComparer.Ordinal);
        return [.. writes.Select(write => write.Value is null ? null : TextOf(write, byKey[write.Key].Expected, byKey[write.Key].Second!))];
    }

    /// <summary>The ETags of the writes once applied, from the rows as they are now.</summary>
    public IReadOnlyList<string?> ETagsAmong(IReadOnlyDictionary<string, RowVersion> current) =>
    [
        .. writes.Select(write => write.Value is null
            ? null
            : current.GetValueOrDefault(write.Key) is { } version && version.Newest == mark ? version.Text : RowVersion.Overwritten),
    ];

    private string TextOf(StateWrite write, RowVersion? expected, string service) =>
        new RowVersion(service, RowVersion.MarksAfter(expected, mark), Spilled.ContainsKey(write.Key)).Text;

    private RowAction ActionOf(StateWrite write, RowVersion? expected)
    {
        var hash = Spilled.GetValueOrDefault(write.Key);
        return new RowAction(write.Key, hash is null ? write.Value : null, hash, RowVersion.MarksAfter(expected, mark), expected);
    }

    private sealed record RowPlan(StateWrite Write, RowVersion? Expected);
}
