using AgentScaler.Storage;

namespace AgentScaler.Core.Tests.Storage;

/// <summary>What every state store promises; a subclass runs it against one implementation.</summary>
public abstract class StateStoreContract
{
    private const string Partition = "p";

    /// <summary>The store under test, empty at first.</summary>
    protected abstract IStateStore Store { get; }

    [Fact]
    public async Task Write_Insert_IsReadBackWithItsETag()
    {
        var etag = Assert.Single(await WriteAsync(StateWrite.Insert("k", """{"a":"ü"}""")));
        Assert.Equal(new StateRow(Partition, "k", """{"a":"ü"}""", etag!), await Store.GetAsync(Partition, "k", default));
    }

    [Fact]
    public async Task Get_NoSuchRow_GivesNull()
    {
        await WriteAsync(StateWrite.Insert("k", "1"));
        Assert.Null(await Store.GetAsync(Partition, "other", default));
        Assert.Null(await Store.GetAsync("other", "k", default));
    }

    [Fact]
    public async Task Write_InsertOverARow_ConflictsAndChangesNothing()
    {
        await WriteAsync(StateWrite.Insert("k", "1"));
        await Assert.ThrowsAsync<StateConflictException>(() => WriteAsync(StateWrite.Insert("k", "2")));
        Assert.Equal("1", await ValueAsync("k"));
    }

    [Fact]
    public async Task Write_ReplaceWithCurrentETag_ChangesRowAndETag()
    {
        var first = (await WriteAsync(StateWrite.Insert("k", "1")))[0]!;
        var second = (await WriteAsync(StateWrite.Replace("k", "2", first)))[0]!;
        Assert.NotEqual(first, second);
        Assert.Equal("2", await ValueAsync("k"));
    }

    [Fact]
    public async Task Write_ReplaceWithOldETag_Conflicts()
    {
        var first = (await WriteAsync(StateWrite.Insert("k", "1")))[0]!;
        await WriteAsync(StateWrite.Put("k", "2"));
        var conflict = await Assert.ThrowsAsync<StateConflictException>(() => WriteAsync(StateWrite.Replace("k", "3", first)));
        Assert.Contains("p/k", conflict.Message, StringComparison.Ordinal);
        Assert.Equal("2", await ValueAsync("k"));
    }

    [Fact]
    public async Task Write_ReplaceWhatIsGone_Conflicts()
    {
        var first = (await WriteAsync(StateWrite.Insert("k", "1")))[0]!;
        await WriteAsync(StateWrite.Delete("k"));
        await Assert.ThrowsAsync<StateConflictException>(() => WriteAsync(StateWrite.Replace("k", "2", first)));
    }

    [Fact]
    public async Task Write_RowDeletedAndMadeAgain_DoesNotTakeTheOldETag()
    {
        var first = (await WriteAsync(StateWrite.Insert("k", "1")))[0]!;
        await WriteAsync(StateWrite.Delete("k", first));
        await WriteAsync(StateWrite.Insert("k", "1"));
        await Assert.ThrowsAsync<StateConflictException>(() => WriteAsync(StateWrite.Replace("k", "2", first)));
    }

    [Fact]
    public async Task Write_Put_CreatesAndReplaces()
    {
        await WriteAsync(StateWrite.Put("k", "1"));
        await WriteAsync(StateWrite.Put("k", "2"));
        Assert.Equal("2", await ValueAsync("k"));
    }

    [Fact]
    public async Task Write_Delete_RemovesUnconditionallyOrByETag()
    {
        var old = (await WriteAsync(StateWrite.Insert("k", "1")))[0]!;
        var etag = (await WriteAsync(StateWrite.Put("k", "2")))[0]!;
        await Assert.ThrowsAsync<StateConflictException>(() => WriteAsync(StateWrite.Delete("k", old)));
        Assert.Equal([null], await WriteAsync(StateWrite.Delete("k", etag)));
        Assert.Null(await Store.GetAsync(Partition, "k", default));
        Assert.Equal([null], await WriteAsync(StateWrite.Delete("k")));
        await Assert.ThrowsAsync<StateConflictException>(() => WriteAsync(StateWrite.Delete("k", etag)));
    }

    [Fact]
    public async Task Write_BatchWithOneConflict_AppliesNothing()
    {
        await WriteAsync(StateWrite.Insert("b", "old"), StateWrite.Insert("d", "old"));
        await Assert.ThrowsAsync<StateConflictException>(() => WriteAsync(
            StateWrite.Insert("a", "new"), StateWrite.Put("b", "new"), StateWrite.Delete("d"), StateWrite.Replace("c", "new", "1")));
        Assert.Equal([("b", "old"), ("d", "old")], await RowsAsync(string.Empty));
    }

    [Fact]
    public async Task Write_LargestBatch_GivesAnETagEachInOrder()
    {
        var etags = await WriteAsync([.. Enumerable.Range(0, StateLimits.BatchWrites).Select(i => StateWrite.Insert($"k{i:000}", $"{i}"))]);
        Assert.Equal(StateLimits.BatchWrites, etags.Count);
        for (var i = 0; i < etags.Count; i++)
        {
            Assert.Equal(etags[i], (await Store.GetAsync(Partition, $"k{i:000}", default))!.ETag);
        }
    }

    [Fact]
    public async Task Write_OverALimit_IsRefusedWithTheLimitAndChangesNothing()
    {
        async Task Refused(string part, string partition, params StateWrite[] writes)
        {
            var refusal = await Assert.ThrowsAsync<StateLimitException>(() => Store.WriteAsync(partition, writes, default));
            Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
        }

        await Refused("0", Partition);
        await Refused("101", Partition, [.. Enumerable.Range(0, 101).Select(i => StateWrite.Put($"k{i}", "1"))]);
        await Refused("twice", Partition, StateWrite.Put("k", "1"), StateWrite.Put("k", "2"));
        await Refused("p/k", Partition, StateWrite.Put("k", new string('x', StateLimits.ValueBytes + 1)));
        foreach (var key in new[] { "", "a/b", "a\\b", "a#", "a?", "a\n", new string('k', StateLimits.KeyCharacters + 1), "\ud83d\ude00" })
        {
            await Refused("key", Partition, StateWrite.Put(key, "1"));
            await Refused("partition", key, StateWrite.Put("k", "1"));
        }

        Assert.Empty(await RowsAsync(string.Empty));
    }

    [Fact]
    public async Task Write_LargestValueAndKey_AreKept()
    {
        var value = new string('x', StateLimits.ValueBytes);
        var key = new string('k', StateLimits.KeyCharacters);
        await WriteAsync(StateWrite.Insert(key, value));
        Assert.Equal(value, await ValueAsync(key));
    }

    [Fact]
    public async Task List_Prefix_GivesTheRowsOfThePartitionInOrdinalOrder()
    {
        string[] keys = ["b", "a-1", "a.1", "a", "A", "a10", "a2", "aé", "a\uffee", "a_b", "a%b", "ab"];
        await WriteAsync([.. keys.Select(key => StateWrite.Insert(key, key))]);
        await Store.WriteAsync("other", [StateWrite.Insert("a-other", "x")], default);
        Assert.Equal(keys.Order(StringComparer.Ordinal), (await RowsAsync(string.Empty)).Select(row => row.Key));
        Assert.Equal(
            keys.Where(key => key.StartsWith('a')).Order(StringComparer.Ordinal),
            (await RowsAsync("a")).Select(row => row.Key));
        Assert.Equal(["a_b"], (await RowsAsync("a_")).Select(row => row.Key));
        Assert.Empty(await RowsAsync("zz"));
    }

    [Fact]
    public async Task List_WritingWhileReading_Works()
    {
        await WriteAsync(StateWrite.Insert("a", "1"), StateWrite.Insert("b", "1"));
        await foreach (var row in Store.ListAsync(Partition, string.Empty, default))
        {
            await WriteAsync(StateWrite.Replace(row.Key, "2", row.ETag));
        }

        Assert.Equal([("a", "2"), ("b", "2")], await RowsAsync(string.Empty));
    }

    [Fact]
    public async Task Write_ManyWritersIncrementingOneRow_LoseNoIncrement()
    {
        await WriteAsync(StateWrite.Insert("n", "0"));
        var conflicts = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var done = 0; done < 25;)
            {
                var row = (await Store.GetAsync(Partition, "n", default))!;
                try
                {
                    await WriteAsync(StateWrite.Replace("n", $"{int.Parse(row.Value) + 1}", row.ETag));
                    done++;
                }
                catch (StateConflictException)
                {
                    Interlocked.Increment(ref conflicts);
                }
            }
        })));
        Assert.Equal("200", await ValueAsync("n"));
    }

    protected Task<IReadOnlyList<string?>> WriteAsync(params StateWrite[] writes) => Store.WriteAsync(Partition, writes, default);

    protected async Task<string?> ValueAsync(string key) => (await Store.GetAsync(Partition, key, default))?.Value;

    protected async Task<IReadOnlyList<(string Key, string Value)>> RowsAsync(string prefix)
    {
        var rows = new List<(string, string)>();
        await foreach (var row in Store.ListAsync(Partition, prefix, default))
        {
            rows.Add((row.Key, row.Value));
        }

        return rows;
    }
}
