using AgentScaler.Telemetry;
using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AgentScaler.Functions;

/// <summary>Where the app's logs, traces and metrics go: to whatever exporters the settings name; without any, logs go to the host, and the rest nowhere.</summary>
public static class TelemetryServices
{
    /// <summary>The endpoint of an OpenTelemetry collector; its other <c>OTEL_EXPORTER_OTLP_*</c> settings count too.</summary>
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The connection string of Application Insights.</summary>
    public const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>How Application Insights knows the app where it takes no keys: <c>ClientId=...;Authorization=AAD</c>, the client id optional.</summary>
    public const string AzureMonitorAuthentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>Adds spans and metrics of the pipeline and of the worker, with the exporters that the settings name.</summary>
    /// <exception cref="InvalidOperationException">The authentication setting is none.</exception>
    public static IServiceCollection AddPipelineTelemetry(this IServiceCollection services, Func<string, string?> setting)
    {
        var otlp = setting(OtlpEndpoint) is { Length: > 0 };
        var monitor = setting(AzureMonitor) is { Length: > 0 };
        if (!otlp && !monitor)
        {
            // The worker's defaults would take our log lines from the host and send them nowhere.
            return services;
        }

        var credential = CredentialOf(setting(AzureMonitorAuthentication));
        var telemetry = services.AddOpenTelemetry();
        telemetry.UseFunctionsWorkerDefaults();
        telemetry
            .WithLogging(logging =>
            {
                _ = otlp ? logging.AddOtlpExporter() : logging;
                _ = monitor ? logging.AddAzureMonitorLogExporter(Configure) : logging;
            })
            .WithTracing(tracing =>
            {
                tracing.AddSource(PipelineTelemetry.Name);
                _ = otlp ? tracing.AddOtlpExporter() : tracing;
                _ = monitor ? tracing.AddAzureMonitorTraceExporter(Configure) : tracing;
            })
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(PipelineTelemetry.Name);
                _ = otlp ? metrics.AddOtlpExporter() : metrics;
                _ = monitor ? metrics.AddAzureMonitorMetricExporter(Configure) : metrics;
            });
        return services;

        void Configure(AzureMonitorExporterOptions options) => (options.ConnectionString, options.Credential) = (setting(AzureMonitor), credential);
    }

    /// <summary>The identity that the authentication setting names; null without one: then the connection string's key does.</summary>
    /// <exception cref="InvalidOperationException">It is of another form.</exception>
    public static TokenCredential? CredentialOf(string? authentication)
    {
        if (string.IsNullOrWhiteSpace(authentication))
        {
            return null;
        }

        var parts = authentication.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2)).Where(part => part.Length == 2)
            .ToDictionary(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        return string.Equals(parts.GetValueOrDefault("Authorization"), "AAD", StringComparison.OrdinalIgnoreCase)
            ? new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = parts.GetValueOrDefault("ClientId") })
            : throw new InvalidOperationException($"setting {AzureMonitorAuthentication}: expected ClientId=...;Authorization=AAD, the client id optional");
    }
}
