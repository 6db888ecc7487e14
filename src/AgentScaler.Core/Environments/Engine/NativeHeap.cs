using System.Runtime.InteropServices;

namespace AgentScaler.Environments.Engine;

/// <summary>
/// Memory that native code has freed. glibc keeps it in an arena per thread, where V8's compilers leave some hundred megabytes that nobody uses any more,
/// until it is asked to hand them back.
/// </summary>
internal static class NativeHeap
{
    private static bool isGlibc = OperatingSystem.IsLinux();

    /// <summary>Hands what is free back to the system; takes milliseconds.</summary>
    /// <returns>Whether there was any; false where the C library does so by itself.</returns>
    public static bool Trim()
    {
        if (!isGlibc)
        {
            return false;
        }

        try
        {
            return MallocTrim(0) != 0;
        }
        catch (EntryPointNotFoundException)
        {
            isGlibc = false;
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim", ExactSpelling = true)]
    private static extern int MallocTrim(nuint padding);
}
