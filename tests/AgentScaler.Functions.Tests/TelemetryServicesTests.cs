using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AgentScaler.Functions.Tests;

public sealed class TelemetryServicesTests
{
    private const string Insights = "InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=http://127.0.0.1:9/";

    [Fact]
    public void Add_NoExporterNamed_LeavesLogLinesToTheHost() => Assert.Empty(new ServiceCollection().AddPipelineTelemetry(_ => null));

    [Theory]
    [InlineData(TelemetryServices.OtlpEndpoint, "http://127.0.0.1:9/")]
    [InlineData(TelemetryServices.AzureMonitor, Insights)]
    public void Add_ExporterNamed_HasTracesAndMetrics(string name, string value)
    {
        using var services = new ServiceCollection().AddPipelineTelemetry(asked => asked == name ? value : null).BuildServiceProvider();

        Assert.NotNull(services.GetService<TracerProvider>());
        Assert.NotNull(services.GetService<MeterProvider>());
    }

    [Theory]
    [InlineData("ClientId=1b4e28ba-2fa1-11d2-883f-0016d3cca427;Authorization=AAD")]
    [InlineData("Authorization=aad")]
    public void CredentialOf_EntraId_IsAnIdentity(string authentication) => Assert.NotNull(TelemetryServices.CredentialOf(authentication));

    [Fact]
    public void CredentialOf_Nothing_IsNone() => Assert.Null(TelemetryServices.CredentialOf(null));

    [Theory]
    [InlineData("AAD")]
    [InlineData("Authorization=Basic")]
    public void CredentialOf_AnotherForm_NamesTheSetting(string authentication) =>
        Assert.Contains(TelemetryServices.AzureMonitorAuthentication, Assert.Throws<InvalidOperationException>(() => TelemetryServices.CredentialOf(authentication)).Message, StringComparison.Ordinal);
}
