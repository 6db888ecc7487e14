using AgentScaler.Campaigns.Steps;
using AgentScaler.Environments.Engine;
using AgentScaler.Functions;
using AgentScaler.Storage;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// The one place that names the real clock: everything below gets it handed in.
#pragma warning disable RS0030
var clock = TimeProvider.System;
#pragma warning restore RS0030

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
builder.Services.AddSingleton(clock);
builder.Services.AddSingleton(_ => new EnvironmentEngine(new EngineOptions(), clock));
builder.Services.AddCampaigns(services => PipelineSteps.Create(services.GetRequiredService<EnvironmentEngine>()));
var app = builder.Build();

// Resolved before the first request, so that a missing setting or an unusable folder stops the app at once.
app.Services.GetRequiredService<IArtifactStore>();
Startup.LogStore(app.Services.GetRequiredService<ILogger<StartCampaignFunction>>(), CampaignServices.StoreFolder(builder.Configuration));
app.Run();
