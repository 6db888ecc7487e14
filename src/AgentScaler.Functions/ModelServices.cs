using System.Globalization;
using AgentScaler.Azure;
using AgentScaler.Campaigns;
using AgentScaler.Episodes.Checkpoints;
using AgentScaler.Models;
using AgentScaler.Models.Clients;
using Azure.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AgentScaler.Functions;

/// <summary>How the app's campaigns reach models. Requests name models, never addresses: the app's keys and identity go only where its settings say.</summary>
public static class ModelServices
{
    /// <summary>
    /// The setting with the endpoints: JSON, as <c>operations.models.endpoints</c> of a campaign document. Without it the app reaches no models, and refuses campaigns that name any.
    /// </summary>
    public const string EndpointsSetting = "MODEL_ENDPOINTS";

    /// <summary>The setting with what a campaign may spend that names no budget of its own, USD; without it there is no limit.</summary>
    public const string BudgetSetting = "MODEL_BUDGET_USD";

    /// <summary>Adds where steps get models from.</summary>
    /// <param name="process">This process: its rows in ledgers are its own.</param>
    /// <param name="identity">Signs in where an endpoint wants an Entra identity.</param>
    /// <param name="setting">Gives a setting's value, or null.</param>
    /// <exception cref="InvalidOperationException">A setting is not what it must be.</exception>
    public static IServiceCollection AddModels(
        this IServiceCollection services, CampaignStores stores, TimeProvider clock, LeaseOwner process, TokenCredential identity, Func<string, string?> setting)
    {
        var endpoints = Endpoints(setting);
        var budgets = new CampaignBudgets(stores.State, clock, new Budget { Usd = Usd(setting) });
        services.AddSingleton(budgets);
        if (endpoints is null)
        {
            return services.AddSingleton(new ModelReach(null, null)).AddSingleton<IModelSource, NoModels>();
        }

        var operations = new ModelOperations { Endpoints = endpoints };
        return services
            .AddSingleton(_ => new ModelHost(clock, setting, identity))
            .AddSingleton(provider => new ModelReach(endpoints, provider.GetRequiredService<ModelHost>()))
            .AddSingleton<IModelSource>(provider => new CampaignModelSource(
                provider.GetRequiredService<ModelHost>(),
                stores.State,
                stores.Artifacts,
                clock,
                process,
                async (campaign, token) => operations with { Budget = await budgets.GetAsync(campaign, token) }));
    }

    private static SortedDictionary<string, ModelEndpoint>? Endpoints(Func<string, string?> setting)
    {
        if (setting(EndpointsSetting) is not { Length: > 0 } text)
        {
            return null;
        }

        try
        {
            // Read as part of a document, so that what is misspelt is named with its place.
            return CampaignReader.ReadMember(text, "setting " + EndpointsSetting, "operations", "models", "endpoints").Operations.Models.Endpoints;
        }
        catch (CampaignException e)
        {
            throw new InvalidOperationException(e.Message, e);
        }
    }

    private static double? Usd(Func<string, string?> setting) => setting(BudgetSetting) switch
    {
        null or "" => null,
        var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var usd) && usd is >= 0 and < 1e9 => usd,
        var text => throw new InvalidOperationException($"setting {BudgetSetting} is '{text}'; expected USD, a number from 0"),
    };
}
