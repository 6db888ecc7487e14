using AgentScaler.Environments.Packages;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;

namespace AgentScaler.Environments.Engine;

/// <summary>One V8 isolate that serves one environment. Used by one thread at a time; it holds nothing the host could not tell it again.</summary>
internal sealed class Isolate : IDisposable
{
    private const long Idle = 0;
    private const long Claimed = -1;
    private const int CallsBetweenHeapChecks = 256;

    /// <summary>In the order in which adopt in runtime.js takes them.</summary>
    private static readonly string[] PythonFiles = ["python-values.js", "python-functions.js", "python-calculator.js"];

    private static readonly string RuntimeSource = Read("runtime.js");
    private static readonly string[] PythonSources = [.. PythonFiles.Select(Read)];

    private readonly Lock interruption = new();
    private readonly TimeProvider clock;
    private readonly V8ScriptEngine engine;
    private readonly ScriptObject entry;
    private readonly UIntPtr softLimit;

    /// <summary>The number of the running call, or <see cref="Idle"/>, or <see cref="Claimed"/> by the watchdog.</summary>
    private long running = Idle;
    private long startedAt;
    private long calls;
    private bool sampled;
    private bool disposed;

    // The watchdog's own notes: which call it saw last, how often, and why it claimed it.
    private long seen;
    private int sightings;
    private bool overdue;

    /// <summary>Creates an isolate, hardens it and tells it the environment.</summary>
    /// <exception cref="PackageException">V8 does not take a program.</exception>
    public Isolate(LoadedEnvironment environment, EngineOptions options, TimeProvider clock)
    {
        this.clock = clock;
        Environment = environment;
        softLimit = (UIntPtr)options.SoftHeapBytes;
        var constraints = new V8RuntimeConstraints
        {
            MaxOldSpaceSize = (int)(HardLimit(options) >> 20),
            MaxArrayBufferAllocation = (ulong)options.ArrayBufferBytes,
        };
        engine = new V8ScriptEngine(constraints, V8ScriptEngineFlags.DisableGlobalMembers)
        {
            RuntimeHeapSizeSampleInterval = options.HeapSampleInterval,
            // The other policy throws an exception that a program could catch, and stops monitoring.
            RuntimeHeapSizeViolationPolicy = V8RuntimeViolationPolicy.Interrupt,
            MaxRuntimeStackUsage = (UIntPtr)options.StackBytes,
        };
        try
        {
            entry = (ScriptObject)engine.Evaluate("runtime.js", RuntimeSource);
            if (environment.Package.Values == ValueRules.Python)
            {
                entry.InvokeMethod("adopt", [.. PythonFiles.Zip(PythonSources, (name, source) => engine.Evaluate(name, source))]);
            }

            entry.InvokeMethod("install", environment.Setup, options.SessionsPerIsolate);
            foreach (var tool in environment.Tools)
            {
                entry.InvokeMethod("add", Compile(tool));
            }
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>The environment it serves.</summary>
    public LoadedEnvironment Environment { get; }

    /// <summary>Whether it must not be used again.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>Marks the isolate: it must not be used again.</summary>
    public void Spend() => IsSpent = true;

    /// <summary>Runs one call; see <c>call</c> in runtime.js.</summary>
    /// <param name="monitored">
    /// Whether the heap is sampled while the call runs, which costs more than most calls. Without, the call is given a burst
    /// (<see cref="Watchdog.BurstSightings"/>) too short to fill the memory; if it is not done by then, it has to be repeated with.
    /// </param>
    /// <returns>The answer, or null if the burst was too short; the isolate is then spent.</returns>
    /// <exception cref="IsolateFailure">A limit was hit; the isolate is spent.</exception>
    public string? Call(string request, bool monitored)
    {
        if (monitored)
        {
            engine.MaxRuntimeHeapSize = softLimit;
        }

        sampled = monitored;
        startedAt = clock.GetTimestamp();
        Volatile.Write(ref running, ++calls);
        object? reply = null;
        Exception? failure = null;
        try
        {
            reply = entry.InvokeAsFunction(request);
        }
        catch (Exception e) when (e is ScriptEngineException or ScriptInterruptedException)
        {
            failure = e;
        }

        if (Interlocked.Exchange(ref running, Idle) == Claimed)
        {
            IsSpent = true;
            return overdue ? throw new IsolateFailure(AbortReason.Time, "the call ran longer than its time limit", failure) : null;
        }

        if (failure is not null || reply is not string { Length: > 0 } text)
        {
            IsSpent = true;
            throw failure is ScriptEngineException { IsFatal: true }
                ? new IsolateFailure(AbortReason.Memory, "the call used more memory than its limit", failure)
                : new IsolateFailure(AbortReason.Runtime, "the isolate failed: " + (failure?.Message ?? "no reply"), failure);
        }

        if (monitored)
        {
            engine.MaxRuntimeHeapSize = UIntPtr.Zero;
        }
        else if (calls % CallsBetweenHeapChecks == 0)
        {
            CheckHeap();
        }

        return text;
    }

    /// <summary>Tells the isolate the changed rows of a session.</summary>
    /// <exception cref="IsolateFailure">They do not fit its heap; the isolate is spent.</exception>
    public void LoadSession(long number, long version, string overlay)
    {
        try
        {
            engine.MaxRuntimeHeapSize = softLimit;
            entry.InvokeMethod("load", (double)number, (double)version, overlay);
            engine.MaxRuntimeHeapSize = UIntPtr.Zero;
        }
        catch (Exception e) when (e is ScriptEngineException or ScriptInterruptedException)
        {
            IsSpent = true;
            throw new IsolateFailure(AbortReason.Memory, "the session's changed rows do not fit the isolate: " + e.Message, e);
        }
    }

    /// <summary>Looks at the running call, if any, and interrupts it when its burst or its time is over. Called by the watchdog at its interval.</summary>
    public void Watch(TimeSpan limit)
    {
        var current = Volatile.Read(ref running);
        if (current is Idle or Claimed)
        {
            return;
        }

        sightings = current == seen ? sightings + 1 : 1;
        seen = current;
        lock (interruption)
        {
            if (disposed)
            {
                return;
            }

            var late = clock.GetElapsedTime(startedAt) > limit;
            var burstOver = sightings > Watchdog.BurstSightings && !sampled;
            if (late || burstOver)
            {
                overdue = late;
                if (Interlocked.CompareExchange(ref running, Claimed, current) == current)
                {
                    engine.Interrupt();
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (interruption)
        {
            disposed = true;
        }

        entry.Dispose();
        engine.Dispose();
    }

    /// <summary>What many small calls leave behind is no call's fault: an isolate that has grown full is replaced.</summary>
    private void CheckHeap()
    {
        if (engine.GetRuntimeHeapInfo().TotalHeapSize <= softLimit)
        {
            return;
        }

        engine.CollectGarbage(exhaustive: true);
        IsSpent = engine.GetRuntimeHeapInfo().TotalHeapSize > softLimit;
    }

    private object Compile(LoadedTool tool)
    {
        try
        {
            // The parentheses and the line break let the function be any expression and end in a comment.
            return engine.Evaluate(tool.Tool.Name, "\"use strict\"; (" + tool.Program.Function + "\n)");
        }
        catch (ScriptEngineException e)
        {
            throw new PackageException(PackageFiles.Program(tool.Tool.Name), "whole file", "V8 does not take it: " + e.Message, e);
        }
    }

    private static long HardLimit(EngineOptions options) => options.HardHeapBytes
        ?? Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2, 1L << 30, 4L << 30);

    private static string Read(string resource)
    {
        using var stream = typeof(Isolate).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"the resource {resource} is missing from the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
