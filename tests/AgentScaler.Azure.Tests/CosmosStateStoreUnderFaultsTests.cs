using System.Globalization;
using AgentScaler.Azure.Rows;
using AgentScaler.Azure.Tests.Emulators;
using AgentScaler.Azure.Tests.Faults;
using AgentScaler.Determinism;
using AgentScaler.Storage;

namespace AgentScaler.Azure.Tests;

/// <summary>Single writes where one request in ten fails: what the server at hand can do.</summary>
[Collection(Azurite.Collection)]
public sealed class CosmosStateStoreUnderFaultsTests(Azurite azurite, CosmosServer cosmos)
{
    private const int Writers = 4;
    private const int Increments = 12;

    [SkippableFact]
    public async Task Write_ManyWritersWhereOneRequestInTenFails_LosesAndRepeatsNoIncrement()
    {
        var name = Azurite.NewName();
        var faults = new CosmosFaultHandler(Seed.Root(11), 0.1);
        using var rows = await cosmos.OpenAsync(name, faults);
        var store = new RowStateStore(rows, await SpilledValues.OpenAsync(azurite.Connect(), name, default));
        await store.WriteAsync("p", [StateWrite.Insert("n", "0")], default);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => IncrementAsync(store))));
        Assert.Equal((Writers * Increments).ToString(CultureInfo.InvariantCulture), (await store.GetAsync("p", "n", default))!.Value);
        Assert.True(faults.Injected >= 5, $"{faults.Injected} faults");
    }

    [SkippableFact]
    public async Task Write_InsertReplaceAndDeleteWhereOneRequestInThreeFails_AreDoneOnce()
    {
        var name = Azurite.NewName();
        var faults = new CosmosFaultHandler(Seed.Root(12), 0.33);
        using var rows = await cosmos.OpenAsync(name, faults);
        var store = new RowStateStore(rows, await SpilledValues.OpenAsync(azurite.Connect(), name, default));
        for (var i = 0; i < 8; i++)
        {
            var first = (await store.WriteAsync("p", [StateWrite.Insert("k", "1")], default))[0]!;
            await Assert.ThrowsAsync<StateConflictException>(() => store.WriteAsync("p", [StateWrite.Insert("k", "other")], default));
            var second = (await store.WriteAsync("p", [StateWrite.Replace("k", "2", first)], default))[0]!;
            await Assert.ThrowsAsync<StateConflictException>(() => store.WriteAsync("p", [StateWrite.Replace("k", "3", first)], default));
            Assert.Equal("2", (await store.GetAsync("p", "k", default))!.Value);
            await store.WriteAsync("p", [StateWrite.Delete("k", second)], default);
            Assert.Null(await store.GetAsync("p", "k", default));
        }

        Assert.True(faults.Injected >= 10, $"{faults.Injected} faults");
    }

    private static async Task IncrementAsync(IStateStore store)
    {
        for (var done = 0; done < Increments;)
        {
            var row = (await store.GetAsync("p", "n", default))!;
            var next = (int.Parse(row.Value, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
            try
            {
                await store.WriteAsync("p", [StateWrite.Replace("n", next, row.ETag)], default);
                done++;
            }
            catch (StateConflictException)
            {
                // Another writer was first.
            }
        }
    }
}
