namespace AgentScaler.Storage;

/// <summary>A file system's fault as a <see cref="StoreException"/> that names the path and what a person can do.</summary>
internal static class FolderFault
{
    private const int UnixNoSpace = 28;
    private const int UnixQuota = 122;
    private const int WindowsNoSpace = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>The fault of an action such as <c>write artifact 'a/b'</c> on a path.</summary>
    public static StoreException Of(string action, string path, Exception fault) =>
        new($"cannot {action} at '{path}': {fault.Message.TrimEnd('.')}; {Advice(fault)}, then run again: finished work is kept", fault);

    private static string Advice(Exception fault) => fault switch
    {
        UnauthorizedAccessException => "allow writing there or choose another folder",
        { HResult: UnixNoSpace or UnixQuota or WindowsNoSpace or WindowsHandleDiskFull } => "the disk is full: free space there",
        PathTooLongException => "choose a folder with a shorter path",
        _ => "see that the folder can be written, has hard links, and that no file stands where a folder is needed",
    };
}
