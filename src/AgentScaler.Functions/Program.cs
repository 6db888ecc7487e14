using AgentScaler.Azure;
using AgentScaler.Campaigns.Steps;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes.Checkpoints;
using AgentScaler.Functions;
using AgentScaler.Models;
using Azure.Identity;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// The one place that names the real clock: everything below gets it handed in.
#pragma warning disable RS0030
var clock = TimeProvider.System;
#pragma warning restore RS0030

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddPipelineTelemetry(name => builder.Configuration[name]);
builder.Services.AddSingleton(clock);
builder.Services.AddSingleton(_ => new EnvironmentEngine(new EngineOptions(), clock));

// Opened before the first request, so that a missing setting or an account out of reach stops the app at once.
var settings = StoreSettings.Read(name => builder.Configuration[name]);
var checkpoints = CheckpointSetting.Read(name => builder.Configuration[name]);
var owners = LeaseOwners.OfThisProcess(builder.Configuration["WEBSITE_INSTANCE_ID"]);
using var stores = await CampaignStores.OpenAsync(settings, configure: null, CancellationToken.None);
builder.Services.AddModels(
    stores,
    clock,
    owners.Process,
    new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = builder.Configuration["AZURE_CLIENT_ID"] }),
    name => builder.Configuration[name]);
builder.Services.AddCampaigns(stores, clock, services => PipelineSteps.Create(
    services.GetRequiredService<EnvironmentEngine>(), new EpisodeCheckpoints(stores.State, clock, owners, checkpoints), services.GetRequiredService<IModelSource>()));
var app = builder.Build();

Startup.LogStores(app.Services.GetRequiredService<ILogger<StartCampaignFunction>>(), settings.Place, stores.StateKind);
app.Run();
