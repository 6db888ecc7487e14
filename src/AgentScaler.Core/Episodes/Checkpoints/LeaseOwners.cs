using System.Collections.Concurrent;
using System.ComponentModel;

namespace AgentScaler.Episodes.Checkpoints;

/// <summary>
/// The runs of this process that may hold leases, and what can be known about others: a run of this process that has ended, and a process of this
/// machine that is no more, hold nothing; of another machine only the lease's expiry tells. There is one for a process.
/// </summary>
/// <param name="process">This process, its number 0.</param>
/// <param name="isRunning">Whether another process of this machine is running.</param>
public sealed class LeaseOwners(LeaseOwner process, Func<LeaseOwner, bool> isRunning)
{
    /// <summary>Start times are told apart from this on: the system derives them from a clock that is corrected now and then.</summary>
    private const long StartTolerance = 2000;

    private readonly ConcurrentDictionary<long, LeaseOwner> present = [];
    private long last;

    /// <summary>Those of the process that asks.</summary>
    /// <param name="machine">What this machine is called, where its host name is not unique; null for the host name.</param>
    public static LeaseOwners OfThisProcess(string? machine = null)
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        return new LeaseOwners(new LeaseOwner(machine ?? Environment.MachineName, self.Id, StartOf(self), 0), IsRunning);
    }

    /// <summary>This process; its number is 0.</summary>
    public LeaseOwner Process => process;

    /// <summary>Enters a run.</summary>
    public LeaseOwner Enter()
    {
        var owner = process with { Number = Interlocked.Increment(ref last) };
        present[owner.Number] = owner;
        return owner;
    }

    /// <summary>Ends a run, however it went: what it still holds is free.</summary>
    public void Leave(LeaseOwner owner) => present.TryRemove(owner.Number, out _);

    /// <summary>Whether an owner is known to be gone.</summary>
    public bool IsGone(LeaseOwner owner) =>
        owner.Machine == process.Machine
        && (owner.Process == process.Process && IsSame(owner.Started, process.Started) ? !present.ContainsKey(owner.Number) : !isRunning(owner));

    private static bool IsSame(long started, long other) => Math.Abs(started - other) < StartTolerance;

    private static bool IsRunning(LeaseOwner owner)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(owner.Process);
            return IsSame(StartOf(found), owner.Started);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
        catch (Win32Exception)
        {
            // It is there, and not ours to look at.
            return true;
        }
    }

    private static long StartOf(System.Diagnostics.Process process) => new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds();
}
