using AgentScaler.Environments.Packages;
using Microsoft.ClearScript;
using Microsoft.ClearScript.V8;

namespace AgentScaler.Environments.Engine;

/// <summary>One V8 isolate that serves one environment. Used by one thread at a time; it holds nothing the host could not tell it again.</summary>
internal sealed class Isolate : IDisposable
{
    private const long Idle = 0;
    private const long Claimed = -1;

    private static readonly string RuntimeSource = ReadRuntime();

    private readonly Lock interruption = new();
    private readonly TimeProvider clock;
    private readonly V8ScriptEngine engine;
    private readonly ScriptObject entry;
    private long started = Idle;
    private bool disposed;

    /// <summary>Creates an isolate, hardens it and tells it the environment.</summary>
    public Isolate(LoadedEnvironment environment, EngineOptions options, TimeProvider clock)
    {
        this.clock = clock;
        Environment = environment;
        var constraints = new V8RuntimeConstraints
        {
            MaxOldSpaceSize = (int)(HardLimit(options) >> 20),
            MaxArrayBufferAllocation = (ulong)options.ArrayBufferBytes,
        };
        engine = new V8ScriptEngine(constraints, V8ScriptEngineFlags.DisableGlobalMembers)
        {
            MaxRuntimeHeapSize = (UIntPtr)options.SoftHeapBytes,
            RuntimeHeapSizeSampleInterval = options.HeapSampleInterval,
            // The other policy throws an exception that a program could catch, and stops monitoring.
            RuntimeHeapSizeViolationPolicy = V8RuntimeViolationPolicy.Interrupt,
            MaxRuntimeStackUsage = (UIntPtr)options.StackBytes,
        };
        try
        {
            entry = (ScriptObject)engine.Evaluate("runtime.js", RuntimeSource);
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
    /// <exception cref="IsolateFailure">A limit was hit; the isolate is spent.</exception>
    public string Call(string request)
    {
        // Zero and below are marks; a clock that starts at zero may show one.
        Volatile.Write(ref started, Math.Max(1, clock.GetTimestamp()));
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

        if (Interlocked.Exchange(ref started, Idle) == Claimed)
        {
            IsSpent = true;
            throw new IsolateFailure(AbortReason.Time, "the call ran longer than its time limit", failure);
        }

        if (failure is null && reply is string { Length: > 0 } text)
        {
            return text;
        }

        IsSpent = true;
        throw failure is ScriptEngineException { IsFatal: true }
            ? new IsolateFailure(AbortReason.Memory, "the call used more memory than its limit", failure)
            : new IsolateFailure(AbortReason.Runtime, "the isolate failed: " + (failure?.Message ?? "no reply"), failure);
    }

    /// <summary>Tells the isolate the changed rows of a session.</summary>
    /// <exception cref="IsolateFailure">They do not fit its heap; the isolate is spent.</exception>
    public void LoadSession(long number, long version, string overlay)
    {
        try
        {
            entry.InvokeMethod("load", (double)number, (double)version, overlay);
        }
        catch (Exception e) when (e is ScriptEngineException or ScriptInterruptedException)
        {
            IsSpent = true;
            throw new IsolateFailure(AbortReason.Memory, "the session's changed rows do not fit the isolate: " + e.Message, e);
        }
    }

    /// <summary>Interrupts the running call if it has run too long. Called by the watchdog.</summary>
    public void InterruptIfOverdue(TimeSpan limit)
    {
        var stamp = Volatile.Read(ref started);
        if (stamp is Idle or Claimed || clock.GetElapsedTime(stamp) <= limit)
        {
            return;
        }

        lock (interruption)
        {
            if (!disposed && Interlocked.CompareExchange(ref started, Claimed, stamp) == stamp)
            {
                engine.Interrupt();
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

    private static string ReadRuntime()
    {
        using var stream = typeof(Isolate).Assembly.GetManifestResourceStream("runtime.js")
            ?? throw new InvalidOperationException("the resource runtime.js is missing from the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
