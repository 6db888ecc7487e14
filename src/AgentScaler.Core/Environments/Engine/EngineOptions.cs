namespace AgentScaler.Environments.Engine;

/// <summary>Limits of the sandbox and of the pool of isolates. They bound resources; they never shape a result.</summary>
public sealed record EngineOptions
{
    /// <summary>Wall-clock time one tool call may take, 1 ms - 10 min.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Heap size of an isolate, in bytes, above which a call is stopped. Sampled while a call runs that lasts longer than some 50 ms, and looked at
    /// between calls.
    /// </summary>
    public long SoftHeapBytes { get; init; } = 96L << 20;

    /// <summary>
    /// Heap size in bytes at which V8 ends the process; must lie far above the soft limit, because one native operation may allocate a gibibyte between
    /// two samples. Null: half of the memory available, between 1 and 4 GiB.
    /// </summary>
    public long? HardHeapBytes { get; init; }

    /// <summary>Time between two samples of the heap size.</summary>
    public TimeSpan HeapSampleInterval { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Stack a call may use, in bytes; below a thread's own stack.</summary>
    public long StackBytes { get; init; } = 512L << 10;

    /// <summary>Memory for array buffers, which lie outside the heap, in bytes. Programs have none; the runtime needs none.</summary>
    public long ArrayBufferBytes { get; init; } = 1L << 20;

    /// <summary>Most isolates alive at once, 1-1000; the least recently used idle one makes room.</summary>
    public int MaximumIsolates { get; init; } = 8;

    /// <summary>Most sessions whose changed rows one isolate keeps cached, 1-10000.</summary>
    public int SessionsPerIsolate { get; init; } = 64;

    /// <summary>
    /// Share of the memory available, 0-1, above which idle isolates are given up; the sessions they served go on in new ones. Each holds some 5-100 MB.
    /// </summary>
    public double MemoryLoadLimit { get; init; } = 0.9;

    /// <summary>The share of the memory available that is in use, 0-1; by default of the whole machine or container, as of the last garbage collection.</summary>
    public Func<double> MemoryLoad { get; init; } = LoadOfMachine;

    private static double LoadOfMachine()
    {
        var memory = GC.GetGCMemoryInfo();
        return memory.TotalAvailableMemoryBytes == 0 ? 0 : memory.MemoryLoadBytes / (double)memory.TotalAvailableMemoryBytes;
    }
}
