using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace AgentScaler.Azure.Tests;

/// <summary>The templates in <c>infra/</c>, compiled and linted by the real compiler (from NuGet; it is there for Linux on x64).</summary>
public sealed class InfrastructureTests
{
    private static readonly Lazy<JsonElement> Compiled = new(Compile);

    [SkippableFact]
    public void Build_EveryTemplate_HasNeitherErrorsNorWarnings() => Assert.Equal(JsonValueKind.Object, Template.ValueKind);

    [SkippableFact]
    public void Lint_EveryTemplate_HasNoFindings()
    {
        foreach (var file in Directory.GetFiles(Infra, "*.bicep", SearchOption.AllDirectories))
        {
            var (code, _, errors) = Bicep("lint", file);
            Assert.Equal((0, string.Empty), (code, errors.Trim()));
        }
    }

    [SkippableFact]
    public void Parameters_EachOne_IsAParameterOfTheTemplate()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Infra, "main.parameters.json")));
        var known = Template.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(document.RootElement.GetProperty("parameters").EnumerateObject(), parameter => Assert.Contains(parameter.Name, known));
    }

    [SkippableFact]
    public void Storage_HasNoKeysNorAnonymousAccess()
    {
        var account = Assert.Single(Resources("Microsoft.Storage/storageAccounts")).GetProperty("properties");
        Assert.False(account.GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(account.GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.Equal("TLS1_2", account.GetProperty("minimumTlsVersion").GetString());
        Assert.True(Assert.Single(Resources("Microsoft.DocumentDB/databaseAccounts")).GetProperty("properties").GetProperty("disableLocalAuth").GetBoolean());
        Assert.True(Assert.Single(Resources("Microsoft.Insights/components")).GetProperty("properties").GetProperty("DisableLocalAuth").GetBoolean());
        Assert.DoesNotContain("listKeys", Template.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [SkippableFact]
    public void RoleAssignments_AreNamedByWhatTheyGiveToWhom() =>
        Assert.All(Resources("Microsoft.Authorization/roleAssignments"), role => Assert.StartsWith("[guid(", role.GetProperty("name").GetString(), StringComparison.Ordinal));

    [SkippableFact]
    public void App_SettingsAreThoseThatTheStoresRead()
    {
        var text = Template.GetRawText();
        foreach (var name in new[] { StoreSettings.AccountName, StoreSettings.StateName, StoreSettings.CosmosEndpointName, StoreSettings.ClientIdName })
        {
            Assert.Contains(name, text, StringComparison.Ordinal);
        }
    }

    private static JsonElement Template
    {
        get
        {
            Skip.If(BicepPath.Length == 0 || !OperatingSystem.IsLinux(), "needs the Bicep compiler, which is referenced for Linux on x64 only");
            return Compiled.Value;
        }
    }

    private static string BicepPath => typeof(InfrastructureTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Bicep").Value ?? string.Empty;

    private static string Infra
    {
        get
        {
            var directory = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(directory!.FullName, "AgentScaler.sln")))
            {
                directory = directory.Parent;
            }

            return Path.Combine(directory.FullName, "infra");
        }
    }

    private static JsonElement Compile()
    {
        var (code, output, errors) = Bicep("build", Path.Combine(Infra, "main.bicep"), "--stdout");
        Assert.Equal((0, string.Empty), (code, errors.Trim()));
        return JsonElement.Parse(output);
    }

    /// <summary>All resources of a type, in the template and its modules.</summary>
    private static IEnumerable<JsonElement> Resources(string type) => All(Template).Where(resource => resource.GetProperty("type").GetString() == type);

    private static IEnumerable<JsonElement> All(JsonElement template)
    {
        var resources = template.GetProperty("resources");
        foreach (var resource in resources.ValueKind == JsonValueKind.Array ? resources.EnumerateArray() : resources.EnumerateObject().Select(member => member.Value))
        {
            yield return resource;
            if (resource.GetProperty("type").GetString() == "Microsoft.Resources/deployments")
            {
                foreach (var inner in All(resource.GetProperty("properties").GetProperty("template")))
                {
                    yield return inner;
                }
            }
        }
    }

    private static (int Code, string Output, string Errors) Bicep(params string[] arguments)
    {
        Skip.If(BicepPath.Length == 0 || !OperatingSystem.IsLinux(), "needs the Bicep compiler, which is referenced for Linux on x64 only");
        if (OperatingSystem.IsLinux())
        {
            // Packages carry no file modes.
            File.SetUnixFileMode(BicepPath, File.GetUnixFileMode(BicepPath) | UnixFileMode.UserExecute);
        }

        var start = new ProcessStartInfo(BicepPath, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
