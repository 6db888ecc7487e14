using System.Diagnostics;
using AgentScaler.Contracts;
using AgentScaler.Storage;

namespace AgentScaler.Core.Tests.Storage;

public sealed class FolderArtifactStoreTests : ArtifactStoreContract, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FolderArtifactStore store;

    public FolderArtifactStoreTests() => store = new FolderArtifactStore(folder.Path);

    protected override IArtifactStore Store => store;

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task TryCreate_StoresOnOneFolder_ShareNamesButNoUnfinishedFiles()
    {
        using var other = new FolderArtifactStore(folder.Path);
        await store.TryCreateAsync(
            "a",
            async (stream, token) =>
            {
                await stream.WriteAsync("first"u8.ToArray(), token);
                Assert.True(await other.TryCreateTextAsync("a", "second", token));
                Assert.True(await other.TryCreateTextAsync("b", "other", token));
            },
            default);
        Assert.Equal("second", await store.ReadTextAsync("a", default));
        Assert.Equal(["a", "b"], await NamesAsync(string.Empty));
    }

    [Fact]
    public async Task Open_LeftoversOfAKilledWriter_AreInvisibleAndRemoved()
    {
        await store.TryCreateTextAsync("a", "x", default);
        var dead = folder.File("~tmp/999999-0");
        Directory.CreateDirectory(dead);
        File.WriteAllText(Path.Combine(dead, "lock"), string.Empty);
        File.WriteAllText(Path.Combine(dead, "1"), "half");
        Directory.CreateDirectory(folder.File("~tmp/999999-1"));
        Assert.Equal(["a"], await NamesAsync(string.Empty));

        using var reopened = new FolderArtifactStore(folder.Path);

        Assert.False(Directory.Exists(dead));
        Assert.False(Directory.Exists(folder.File("~tmp/999999-1")));
        Assert.Equal("x", await reopened.ReadTextAsync("a", default));
    }

    [Fact]
    public async Task Open_WhileAnotherWrites_LeavesItsUnfinishedFileAlone()
    {
        Assert.True(await store.TryCreateAsync(
            "a",
            async (stream, token) =>
            {
                await stream.WriteAsync("whole"u8.ToArray(), token);
                using var second = new FolderArtifactStore(folder.Path);
                await second.TryCreateTextAsync("b", "x", token);
            },
            default));
        Assert.Equal("whole", await store.ReadTextAsync("a", default));
    }

    [Fact]
    public async Task Dispose_AfterWrites_LeavesNoUnfinishedFile()
    {
        await store.TryCreateTextAsync("a", "x", default);
        store.Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(folder.File("~tmp")));
    }

    [SkippableFact]
    public async Task TryCreate_AnotherProcessLinksTheSameName_OneOfThemWins()
    {
        Skip.IfNot(File.Exists("/bin/sh") && File.Exists("/usr/bin/ln"), "needs /bin/sh and ln");
        Directory.CreateDirectory(folder.File("race"));
        File.WriteAllText(folder.File("theirs"), "theirs");

        // ln without -f is link(2) as well: the very call that another process of ours makes.
        using var rival = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "i=0; while [ $i -lt 300 ]; do ln theirs race/$i 2>/dev/null && echo $i; i=$((i+1)); done"])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
        })!;
        var output = rival.StandardOutput.ReadToEndAsync();
        var ours = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 299; i >= 0; i--)
        {
            if (await store.TryCreateTextAsync($"race/{i}", "ours", default))
            {
                ours.Add($"{i}");
            }
        }

        await rival.WaitForExitAsync();
        var theirs = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(300, ours.Count + theirs.Length);
        foreach (var name in theirs)
        {
            Assert.DoesNotContain(name, ours);
            Assert.Equal("theirs", await store.ReadTextAsync($"race/{name}", default));
        }

        foreach (var name in ours)
        {
            Assert.Equal("ours", await store.ReadTextAsync($"race/{name}", default));
        }
    }

    [Fact]
    public async Task TryCreate_DiskFullWhileWriting_IsAStoreFaultThatNamesPathAndRemedy()
    {
        var fault = await Assert.ThrowsAsync<StoreException>(() => store.TryCreateAsync(
            "a/b.json", (_, _) => throw new IOException("No space left on device", 28), default));
        Assert.Contains("'a/b.json'", fault.Message, StringComparison.Ordinal);
        Assert.Contains(folder.File("a/b.json"), fault.Message, StringComparison.Ordinal);
        Assert.Contains("disk is full: free space", fault.Message, StringComparison.Ordinal);
        Assert.Contains("run again", fault.Message, StringComparison.Ordinal);
        Assert.Empty(await NamesAsync(string.Empty));
    }

    [SkippableFact]
    public async Task TryCreate_ReallyFullDevice_IsAStoreFault()
    {
        Skip.IfNot(File.Exists("/dev/full"), "needs /dev/full");
        var fault = await Assert.ThrowsAsync<StoreException>(() => store.TryCreateAsync(
            "a",
            async (_, token) =>
            {
                await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
                await full.WriteAsync(new byte[100_000], token);
                await full.FlushAsync(token);
            },
            default));
        Assert.Contains("disk is full", fault.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task TryCreate_FolderThatMayNotBeWritten_IsAStoreFaultAndReadingGoesOn()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Skip.If(true, "permissions do not bind this user");
            return;
        }

        await store.TryCreateTextAsync("a", "x", default);
        store.Dispose();
        Directory.Delete(folder.File("~tmp"), recursive: true);
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            using var readOnly = new FolderArtifactStore(folder.Path);
            Assert.Equal("x", await readOnly.ReadTextAsync("a", default));
            var fault = await Assert.ThrowsAsync<StoreException>(() => readOnly.TryCreateTextAsync("b", "x", default));
            Assert.Contains("allow writing", fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task TryCreate_NoPlaceForUnfinishedFiles_IsAStoreFaultAndReadingGoesOn()
    {
        await store.TryCreateTextAsync("a", "x", default);
        store.Dispose();
        Directory.Delete(folder.File("~tmp"), recursive: true);
        File.WriteAllText(folder.File("~tmp"), "in the way");
        using var hindered = new FolderArtifactStore(folder.Path);
        Assert.Equal("x", await hindered.ReadTextAsync("a", default));
        var fault = await Assert.ThrowsAsync<StoreException>(() => hindered.TryCreateTextAsync("b", "x", default));
        Assert.Contains("cannot write artifact 'b'", fault.Message, StringComparison.Ordinal);
        File.Delete(folder.File("~tmp"));
        Assert.True(await hindered.TryCreateTextAsync("b", "x", default));
    }

    [Fact]
    public void Open_PathOfAFile_IsAStoreFaultThatNamesIt()
    {
        File.WriteAllText(folder.File("file"), string.Empty);
        var fault = Assert.Throws<StoreException>(() => new FolderArtifactStore(folder.File("file")));
        Assert.Contains(folder.File("file"), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryCreate_NameOfAFolderAndFolderOfAName_AreStoreFaults()
    {
        await store.TryCreateTextAsync("a/b", "x", default);
        var fault = await Assert.ThrowsAsync<StoreException>(() => store.TryCreateTextAsync("a", "x", default));
        Assert.Contains("is a folder", fault.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreException>(() => store.TryCreateTextAsync("a/b/c", "x", default));
        Assert.Equal(["a/b"], await NamesAsync(string.Empty));
    }

    [Fact]
    public async Task List_BrokenOff_ReadsNoFurtherFolder()
    {
        await store.TryCreateTextAsync("a/x", "x", default);
        await store.TryCreateTextAsync("b/x", "x", default);
        await using var names = store.ListAsync(string.Empty, default).GetAsyncEnumerator();
        Assert.True(await names.MoveNextAsync());
        Assert.Equal("a/x", names.Current);
        await store.TryCreateTextAsync("b/later", "x", default);
        Assert.True(await names.MoveNextAsync());
        Assert.Equal("b/later", names.Current);
    }
}
