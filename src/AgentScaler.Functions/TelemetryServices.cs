using AgentScaler.Telemetry;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AgentScaler.Functions;

/// <summary>Where the app's traces and metrics go: to whatever exporters the settings name, and nowhere without.</summary>
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
        var telemetry = services.AddOpenTelemetry();
        telemetry.UseFunctionsWorkerDefaults();
        telemetry
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
