using System.ComponentModel;
using System.Runtime.InteropServices;

namespace AgentScaler.Storage;

/// <summary>
/// Gives a finished file its name in one atomic step that fails if the name is taken. <see cref="File.Move(string, string, bool)"/> without
/// overwriting does so on Windows; on Unix it falls back to a copy that readers can see half done, so there it is <c>link(2)</c> itself.
/// </summary>
internal static class HardLink
{
    private const int FileExists = 17;

    /// <summary>Publishes a finished file under its name.</summary>
    /// <returns>True if this call did; false if the name was taken.</returns>
    /// <exception cref="IOException">The file system refused, e.g. because it knows no hard links.</exception>
    public static bool TryPublish(string finished, string name)
    {
        if (OperatingSystem.IsWindows())
        {
            try
            {
                File.Move(finished, name, overwrite: false);
                return true;
            }
            catch (IOException) when (Path.Exists(name))
            {
                return false;
            }
        }

        if (Link(finished, name) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == FileExists
            ? false
            : throw new IOException($"no hard link '{name}' could be made: {new Win32Exception(error).Message}", error);
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true, ExactSpelling = true)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string created);
}
