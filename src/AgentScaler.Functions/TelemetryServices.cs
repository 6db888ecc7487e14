using AgentScaler.Telemetry;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AgentScaler.Functions;

/// <summary>Where the app's logs, traces and metrics go: to whatever exporters the settings name; without any, logs go to the host, and the rest nowhere.</summary>
internal static class TelemetryServices
{
    /// <summary>The endpoint of an OpenTelemetry collector; its other <c>OTEL_EXPORTER_OTLP_*</c> settings count too.</summary>
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The connection string of Application Insights.</summary>
    public const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>Adds spans and metrics of the pipeline and of the worker, with the exporters that the settings name.</summary>
    public static IServiceCollection AddPipelineTelemetry(this IServiceCollection services, Func<string, string?> setting)
    {
        var (otlp, monitor) = (setting(OtlpEndpoint) is { Length: > 0 }, setting(AzureMonitor) is { Length: > 0 } text ? text : null);
        if (!otlp && monitor is null)
        {
            // The worker's defaults would take our log lines from the host and send them nowhere.
            return services;
        }

        var telemetry = services.AddOpenTelemetry();
        telemetry.UseFunctionsWorkerDefaults();
        telemetry
            .WithLogging(logging =>
            {
                _ = otlp ? logging.AddOtlpExporter() : logging;
                _ = monitor is null ? logging : logging.AddAzureMonitorLogExporter(options => options.ConnectionString = monitor);
            })
            .WithTracing(tracing =>
            {
                tracing.AddSource(PipelineTelemetry.Name);
                _ = otlp ? tracing.AddOtlpExporter() : tracing;
                _ = monitor is null ? tracing : tracing.AddAzureMonitorTraceExporter(options => options.ConnectionString = monitor);
            })
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(PipelineTelemetry.Name);
                _ = otlp ? metrics.AddOtlpExporter() : metrics;
                _ = monitor is null ? metrics : metrics.AddAzureMonitorMetricExporter(options => options.ConnectionString = monitor);
            });
        return services;
    }
}
