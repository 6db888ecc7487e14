using AgentScaler.Azure;
using AgentScaler.Campaigns;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Episodes.Checkpoints;
using AgentScaler.Models;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AgentScaler.Functions.Tests;

/// <summary>How the app's settings say where models are.</summary>
public sealed class ModelServicesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task AddModels_WithoutEndpoints_ReachesNoneAndRefusesCampaignsThatNameAny()
    {
        await using var services = await ServicesAsync([]);

        Assert.False(services.GetRequiredService<ModelReach>().Any);
        var fault = await Assert.ThrowsAsync<ModelException>(async () => await services.GetRequiredService<IModelSource>().OpenAsync(
            "campaigns/a.json", new ModelsSettings { Agent = new ModelSettings() }, CancellationToken.None));
        Assert.Equal(ModelFault.Misconfigured, fault.Fault);
    }

    [Fact]
    public async Task AddModels_Endpoints_AreWhereRolesAreOpenedWithTheDefaultBudget()
    {
        await using var services = await ServicesAsync(new()
        {
            [ModelServices.EndpointsSetting] = """{"default":{"address":"http://127.0.0.1:9/v1"},"agent":{"address":"http://127.0.0.1:9/v1","concurrency":7}}""",
            [ModelServices.BudgetSetting] = "2.5",
        });

        var models = await services.GetRequiredService<IModelSource>().OpenAsync(
            "campaigns/a.json", new ModelsSettings { Agent = new ModelSettings { Model = "m" } }, CancellationToken.None);
        Assert.Equal(("m", 7), (models.Of(ModelRole.Agent)!.Settings.Model, models.EpisodesAtOnce));
        Assert.Equal(2.5, (await services.GetRequiredService<CampaignBudgets>().GetAsync("a", CancellationToken.None)).Usd);
        var reach = services.GetRequiredService<ModelReach>();
        Assert.Equal(["agent", "default"], reach.Names);
        Assert.Contains("127.0.0.1:9", (await Assert.ThrowsAsync<ModelException>(() => reach.CheckAsync("agent", CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ModelServices.EndpointsSetting, "not json")]
    [InlineData(ModelServices.EndpointsSetting, """{"default":{"adress":"http://127.0.0.1:9/v1"}}""")]
    [InlineData(ModelServices.EndpointsSetting, """{"everybody":{}}""")]
    [InlineData(ModelServices.BudgetSetting, "much")]
    [InlineData(ModelServices.BudgetSetting, "-1")]
    public async Task AddModels_SettingThatIsNone_StopsTheAppNamingIt(string name, string value)
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => ServicesAsync(new() { [name] = value }));

        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
    }

    private async Task<ServiceProvider> ServicesAsync(Dictionary<string, string> settings)
    {
        var stores = await CampaignStores.OpenAsync(StoreSettings.Read(name => name == StoreSettings.FolderName ? folder.Path : null), configure: null, CancellationToken.None);
        return new ServiceCollection()
            .AddModels(stores, TimeProvider.System, new LeaseOwner("here", 1, 0, 0), new DefaultAzureCredential(), settings.GetValueOrDefault)
            .BuildServiceProvider();
    }
}
