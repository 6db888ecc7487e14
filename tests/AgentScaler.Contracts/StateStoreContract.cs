using AgentScaler.Storage;

namespace AgentScaler.Contracts;

/// <summary>What every state store promises; a subclass runs it against one implementation.</summary>
public abstract class StateStoreContract
{
    private const string Partition = "p";

    /// <summary>The store under test, empty at first.</summary>
    protected abstract IStateStore Store { get; }

    /// <summary>Why the server at hand can't take batches of several writes; null if it can. The promises about them are then skipped.</summary>
    protected virtual string? NoBatches => null;

    [SkippableFact]
    public async Task Write_Insert_IsReadBackWithItsETag()
    {
        var etag = Assert.Single(await WriteAsync(StateWrite.Insert("k", """{"a":"ü"}""")));
        Assert.Equal(new StateRow(Partition, "k", """{"a":"ü"}""", etag!), await Store.GetAsync(Partition, "k", default));
    }

    [SkippableFact]
    public async Task Get_NoSuchRow_GivesNull()
    {
        await WriteAsync(StateWrite.Insert("k", "1"));
        Assert.Null(await Store.GetAsync(Partition, "other", default));
        Assert.Null(await Store.GetAsync("other", "k", default));
    }

    [SkippableFact]
    public async Task Write_InsertOverARow_ConflictsAndChangesNothing()
    {
        await WriteAsync(StateWrite.Insert("k", "1"));
        await Assert.ThrowsAsync<StateConflictException>(() => WriteAsync(StateWrite.Insert("k", "2")));
        Assert.Equal("1", await ValueAsync("k"));
    }

    [SkippableFact]
    public async Task Write_ReplaceWithCurrentETag_ChangesRowAndETag()
    {
        var first = (await WriteAsync(StateWrite.Insert("k", "1")))[0]!;
        var second = (await WriteAsync(StateWrite.Replace("k", "2", first)))[0]!;
        Assert.NotEqual(first, second);
        Assert.Equal("2", await ValueAsync("k"));
    }

    [SkippableFact]
    public async Task Write_ReplaceWithOldETag_Conflicts()
    {
        var first = (await WriteAsync(StateWrite.Insert("k", "1")))[0]!;
        await WriteAsync(StateWrite.Put("k", "2"));
        var conflict = await Assert.ThrowsAsync<StateConflictException>(() => WriteAsync(StateWrite.Replace("k", "3", first)));
        Assert.Contains("p/k", conflict.Message, StringComparison.Ordinal);
        Assert.Equal("2", await ValueAsync("k"));
    }

    [SkippableFact]
    public async Task Write_ReplaceWhatIsGone_Conflicts()
    {
        var first = (await WriteAsync(StateWrite.Insert("k", "1")))[0]!;
        await WriteAsync(StateWrite.Delete("k"));
        await Assert.ThrowsAsync<StateConflictException>(() => WriteAsync(StateWrite.Replace("k", "2", first)));
    }

    [SkippableFact]
    public async Task Write_RowDeletedAndMadeAgain_DoesNotTakeTheOldETag()
    {
        var first = (await WriteAsync(StateWrite.Insert("k", "1")))[0]!;
        await WriteAsync(StateWrite.Delete("k", first));
        await WriteAsync(StateWrite.Insert("k", "1"));
        await Assert.ThrowsAsync<StateConflictException>(() => WriteAsync(StateWrite.Replace("k", "2", first)));
    }

    [SkippableFact]
    public async Task Write_Put_CreatesAndReplaces()
    {
        await WriteAsync(StateWrite.Put("k", "1"));
        await WriteAsync(StateWrite.Put("k", "2"));
        Assert.Equal("2", await ValueAsync("k"));
    }

    [SkippableFact]
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

    [SkippableFact]
    public async Task Write_BatchWithOneConflict_AppliesNothing()
    {
        await WriteAsync(StateWrite.Insert("b", "old"), StateWrite.Insert("d", "old"));
        await Assert.ThrowsAsync<StateConflictException>(() => WriteAsync(
            StateWrite.Insert("a", "new"), StateWrite.Put("b", "new"), StateWrite.Delete("d"), StateWrite.Replace("c", "new", "1")));
        Assert.Equal([("b", "old"), ("d", "old")], await RowsAsync(string.Empty));
    }

    [SkippableFact]
    public async Task Write_LargestBatch_GivesAnETagEachInOrder()
    {
        var etags = await WriteAsync([.. Enumerable.Range(0, StateLimits.BatchWrites).Select(i => StateWrite.Insert($"k{i:000}", $"{i}"))]);
        Assert.Equal(StateLimits.BatchWrites, etags.Count);
        for (var i = 0; i < etags.Count; i++)
        {
            Assert.Equal(etags[i], (await Store.GetAsync(Partition, $"k{i:000}", default))!.ETag);
        }
    }

    [SkippableFact]
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
        foreach (var key in new[] { "", "a/b", "a\\b", "a#", "a?", "a\n", new string('k', StateLimits.KeyCharacters + 1), new string('\uffee', 342), "\ud83d\ude00" })
        {
            await Refused("key", Partition, StateWrite.Put(key, "1"));
            await Refused("partition", key, StateWrite.Put("k", "1"));
        }

        Assert.Empty(await RowsAsync(string.Empty));
    }

    [SkippableFact]
    public async Task Write_LargestValueAndKey_AreKept()
    {
        var value = new string('x', StateLimits.ValueBytes);
        var key = new string('k', StateLimits.KeyCharacters);
        await WriteAsync(StateWrite.Insert(key, value));
        Assert.Equal(value, await ValueAsync(key));
    }

    [SkippableFact]
    public async Task Write_BatchLargerThanServicesTake_IsKept()
    {
        var values = Enumerable.Range(0, 20).Select(i => $"\"{i}{new string((char)('a' + i), 450_000)}\"").ToArray();
        await WriteAsync([.. values.Select((value, i) => StateWrite.Insert($"k{i:00}", value))]);
        Assert.Equal(values, (await RowsAsync(string.Empty)).Select(row => row.Value));
    }

    [SkippableFact]
    public async Task Write_KeysAndValuesOfEveryKindOfCharacter_AreKept()
    {
        // Without a comma: Azurite takes it in an address for the end of the key.
        const string text = " !\"$%&'()*+-.0:;<=>@A[]^_`a{|}~ äé\u05d0\u4e2d\ue000\uffee";
        string[] keys = [.. text.Where(c => c != ' ').Select(c => c.ToString()), "%2f", "%", "a%25b", "a b", "a'b''c", "a+b", "a;b=c&d", "..", "a."];
        await WriteAsync([.. keys.Distinct().Select(key => StateWrite.Insert(key, $"{text}\ud83d\ude00\n{key}"))]);
        foreach (var key in keys)
        {
            Assert.Equal($"{text}\ud83d\ude00\n{key}", await ValueAsync(key));
            Assert.Contains(key, (await RowsAsync(key)).Select(row => row.Key));
        }

        await WriteAsync([.. keys.Distinct().Select(key => StateWrite.Delete(key))]);
        Assert.Empty(await RowsAsync(string.Empty));
    }

    [SkippableFact]
    public async Task Write_DeletesOfRowsThatAreAndAreNot_RemoveWhatIsThere()
    {
        await WriteAsync(StateWrite.Insert("b", "1"), StateWrite.Insert("d", "1"));
        Assert.Equal([null, null, null, null], await WriteAsync([.. "abcd".Select(key => StateWrite.Delete($"{key}"))]));
        Assert.Empty(await RowsAsync(string.Empty));
        await WriteAsync(StateWrite.Insert("a", "1"));
        await Assert.ThrowsAsync<StateConflictException>(() => WriteAsync(StateWrite.Delete("a", StateWrite.Absent)));
        Assert.Equal([null], await WriteAsync(StateWrite.Delete("b", StateWrite.Absent)));
    }

    [SkippableFact]
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

    [SkippableFact]
    public async Task List_WritingWhileReading_Works()
    {
        await WriteAsync(StateWrite.Insert("a", "1"), StateWrite.Insert("b", "1"));
        await foreach (var row in Store.ListAsync(Partition, string.Empty, default))
        {
            await WriteAsync(StateWrite.Replace(row.Key, "2", row.ETag));
        }

        Assert.Equal([("a", "2"), ("b", "2")], await RowsAsync(string.Empty));
    }

    [SkippableFact]
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

    protected Task<IReadOnlyList<string?>> WriteAsync(params StateWrite[] writes)
    {
        Skip.If(NoBatches is not null && writes.Length > 1, NoBatches);
        return Store.WriteAsync(Partition, writes, default);
    }

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
