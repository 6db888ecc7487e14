using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AgentScaler.Azure.Tests.Emulators;
using AgentScaler.Telemetry;

namespace AgentScaler.Azure.Tests;

[Collection(Azurite.Collection)]
public sealed class StorageMeterTests(Azurite azurite)
{
    [SkippableFact]
    public async Task Requests_OfTheTableStore_AreCountedOneByOne()
    {
        var store = await azurite.OpenTableAsync(Azurite.NewName());
        var methods = new ConcurrentBag<string>();
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument == PipelineTelemetry.StorageOperations)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        meters.SetMeasurementEventCallback<long>((_, _, tags, _) => methods.Add(tags.ToArray().Single(tag => tag.Key == "http.request.method").Value!.ToString()!));
        meters.Start();

        Assert.Null(await store.GetAsync("metered", "row", default));

        Assert.Contains("GET", methods);
    }
}
