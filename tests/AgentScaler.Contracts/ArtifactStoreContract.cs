using System.Text;
using AgentScaler.Storage;

namespace AgentScaler.Contracts;

/// <summary>What every artifact store promises; a subclass runs it against one implementation.</summary>
public abstract class ArtifactStoreContract
{
    /// <summary>The store under test, empty at first.</summary>
    protected abstract IArtifactStore Store { get; }

    [SkippableFact]
    public async Task TryCreate_FreeName_CreatesWhatIsReadBack()
    {
        Assert.True(await Store.TryCreateTextAsync("a/b-1/c.json", "grüße\n", default));
        Assert.Equal("grüße\n", await Store.ReadTextAsync("a/b-1/c.json", default));
        Assert.True(await Store.ExistsAsync("a/b-1/c.json", default));
    }

    [SkippableFact]
    public async Task TryCreate_EmptyContent_IsABlob()
    {
        Assert.True(await Store.TryCreateTextAsync("empty", string.Empty, default));
        Assert.Equal(string.Empty, await Store.ReadTextAsync("empty", default));
    }

    [SkippableFact]
    public async Task TryCreate_TakenName_KeepsWhatIsThere()
    {
        await Store.TryCreateTextAsync("name", "first", default);
        Assert.False(await Store.TryCreateTextAsync("name", "second", default));
        Assert.Equal("first", await Store.ReadTextAsync("name", default));
    }

    [SkippableFact]
    public async Task Delete_Blob_RemovesItAloneAndItsNameIsFree()
    {
        await Store.TryCreateTextAsync("a/b", "first", default);
        await Store.TryCreateTextAsync("a/bc", "other", default);
        await Store.DeleteAsync("a/b", default);
        await Store.DeleteAsync("a/b", default);
        await Store.DeleteAsync("never/there", default);
        Assert.Null(await Store.OpenReadAsync("a/b", default));
        Assert.Equal("other", await Store.ReadTextAsync("a/bc", default));
        Assert.True(await Store.TryCreateTextAsync("a/b", "second", default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync("../a", default));
    }

    [SkippableFact]
    public async Task TryCreate_ThroughSmallWrites_KeepsEveryByte()
    {
        var bytes = Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31)).ToArray();
        await Store.TryCreateAsync(
            "large.bin",
            async (stream, token) =>
            {
                for (var i = 0; i < bytes.Length; i += 1000)
                {
                    await stream.WriteAsync(bytes.AsMemory(i, 1000), token);
                }
            },
            default);
        await using var read = await Store.OpenReadAsync("large.bin", default);
        using var copy = new MemoryStream();
        await read!.CopyToAsync(copy);
        Assert.Equal(bytes, copy.ToArray());
    }

    [SkippableFact]
    public async Task TryCreate_WriterThatDisposesItsStream_StillCreates()
    {
        Assert.True(await Store.TryCreateAsync(
            "name",
            async (stream, _) =>
            {
                await using var writer = new StreamWriter(stream);
                await writer.WriteAsync("text");
            },
            default));
        Assert.Equal("text", await Store.ReadTextAsync("name", default));
    }

    [SkippableFact]
    public async Task TryCreate_WriterThatThrows_CreatesNothingAndCanBeTriedAgain()
    {
        var thrown = await Assert.ThrowsAsync<FormatException>(() => Store.TryCreateAsync(
            "a/name",
            async (stream, token) =>
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes("half"), token);
                throw new FormatException("mine");
            },
            default));
        Assert.Equal("mine", thrown.Message);
        Assert.False(await Store.ExistsAsync("a/name", default));
        Assert.Null(await Store.OpenReadAsync("a/name", default));
        Assert.Empty(await NamesAsync(string.Empty));
        Assert.True(await Store.TryCreateTextAsync("a/name", "whole", default));
    }

    [SkippableFact]
    public async Task TryCreate_WhileBeingWritten_IsNotSeen()
    {
        await Store.TryCreateAsync(
            "a/name",
            async (stream, token) =>
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes("half"), token);
                await stream.FlushAsync(token);
                Assert.False(await Store.ExistsAsync("a/name", token));
                Assert.Null(await Store.OpenReadAsync("a/name", token));
                Assert.Empty(await NamesAsync(string.Empty));
            },
            default);
        Assert.Equal(["a/name"], await NamesAsync(string.Empty));
    }

    [SkippableFact]
    public async Task TryCreate_CancelledInTheMiddle_CreatesNothing()
    {
        using var cancelled = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.TryCreateAsync(
            "name",
            async (_, token) =>
            {
                await cancelled.CancelAsync();
                token.ThrowIfCancellationRequested();
            },
            cancelled.Token));
        Assert.False(await Store.ExistsAsync("name", default));
    }

    [SkippableFact]
    public async Task TryCreate_ManyWritersOfOneName_ExactlyOneWinsAndItsContentIsWhole()
    {
        for (var round = 0; round < 20; round++)
        {
            var name = $"race/{round}";
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var arrived = 0;
            var writers = Enumerable.Range(0, 16).Select(writer => Task.Run(async () => await Store.TryCreateAsync(
                name,
                async (stream, token) =>
                {
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(new string((char)('a' + writer), 10_000)), token);
                    if (Interlocked.Increment(ref arrived) == 16)
                    {
                        start.SetResult();
                    }

                    // All have written before the first may finish, so that they truly race for the name.
                    await start.Task;
                },
                default))).ToArray();
            var results = await Task.WhenAll(writers);
            var winner = Assert.Single(Enumerable.Range(0, 16), writer => results[writer]);
            Assert.Equal(new string((char)('a' + winner), 10_000), await Store.ReadTextAsync(name, default));
        }
    }

    [SkippableFact]
    public async Task OpenRead_ReadersDuringRaces_SeeAllOrNothing()
    {
        var names = Enumerable.Range(0, 200).Select(i => $"n/{i}").ToArray();
        var text = new string('x', 100_000);
        using var done = new CancellationTokenSource();
        var reader = Task.Run(async () =>
        {
            var seen = 0;
            while (!done.IsCancellationRequested)
            {
                await foreach (var name in Store.ListAsync("n/", default))
                {
                    Assert.Equal(text.Length, (await Store.ReadTextAsync(name, default)).Length);
                    seen++;
                }
            }

            return seen;
        });
        await Parallel.ForEachAsync(names, async (name, token) => await Store.TryCreateTextAsync(name, text, token));
        await done.CancelAsync();
        await reader;
        Assert.Equal(200, (await NamesAsync("n/")).Count);
    }

    [SkippableFact]
    public async Task OpenRead_NoSuchName_GivesNull()
    {
        await Store.TryCreateTextAsync("a/b", "x", default);
        Assert.Null(await Store.OpenReadAsync("a/c", default));
        Assert.Null(await Store.OpenReadAsync("a", default));
        Assert.False(await Store.ExistsAsync("a", default));
    }

    [SkippableFact]
    public async Task List_NamesThatFoldersWouldMisorder_AreInOrdinalOrder()
    {
        string[] names = ["a-b/x", "a.b", "a/b/c", "a/b.json", "a0", "B/z", "a/b-c", "b", "ab/c", "a/B"];
        foreach (var name in names)
        {
            await Store.TryCreateTextAsync(name, name, default);
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), await NamesAsync(string.Empty));
    }

    [SkippableTheory]
    [InlineData("a/", "a/b-c", "a/b.json", "a/b/c", "a/bb")]
    [InlineData("a/b", "a/b-c", "a/b.json", "a/b/c", "a/bb")]
    [InlineData("a/b/", "a/b/c")]
    [InlineData("a/b/c", "a/b/c")]
    [InlineData("a", "a-b/x", "a/b-c", "a/b.json", "a/b/c", "a/bb")]
    [InlineData("a/b/c/")]
    [InlineData("x/y/z")]
    public async Task List_Prefix_GivesExactlyTheNamesThatStartWithIt(string prefix, params string[] expected)
    {
        foreach (var name in new[] { "a/b/c", "a/b.json", "a-b/x", "a/b-c", "a/bb", "b/a/b" })
        {
            await Store.TryCreateTextAsync(name, name, default);
        }

        Assert.Equal(expected, await NamesAsync(prefix));
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("../a")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData("a./b")]
    [InlineData("a b")]
    [InlineData("a\\b")]
    [InlineData("~tmp/a")]
    [InlineData("ä")]
    public async Task AnyMethod_NameThatIsNone_IsRefused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.TryCreateTextAsync(name, "x", default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenReadAsync(name, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ExistsAsync(name, default));
    }

    [SkippableFact]
    public async Task AnyMethod_LongestName_Works()
    {
        var name = string.Join('/', new string('a', 255), new string('b', 200), new string('c', 55));
        Assert.Equal(512, name.Length);
        Assert.True(await Store.TryCreateTextAsync(name, "x", default));
        Assert.Equal([name], await NamesAsync(name[..300]));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.TryCreateTextAsync(new string('a', 256), "x", default));
    }

    [SkippableFact]
    public async Task List_PrefixOutsideTheStore_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => NamesAsync("../"));

    /// <summary>All names under a prefix.</summary>
    protected async Task<IReadOnlyList<string>> NamesAsync(string prefix)
    {
        var names = new List<string>();
        await foreach (var name in Store.ListAsync(prefix, default))
        {
            names.Add(name);
        }

        return names;
    }
}
