using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Packages;
namespace AgentScaler.Environments.Engine
{
public sealed class EpisodeAbortedException(string m) : Exception(m);
public sealed class EnvironmentEngine : IDisposable { public void Dispose() {} public EnvironmentSession Open(LoadedEnvironment environment, Seed seed, IReadOnlyList<RowChange>? initial = null) => throw new NotImplementedException(); }
public sealed class LoadedEnvironment { public static LoadedEnvironment Load(EnvironmentPackage package) => throw new NotImplementedException(); public EnvironmentPackage Package => throw new NotImplementedException(); public string StateHash => ""; }
public sealed class EnvironmentSession { public ToolResult Call(string tool, JsonElement arguments) => throw new NotImplementedException(); public string StateHash => ""; public IReadOnlyList<RowChange> Changes => []; public JsonElement? Row(string c, string k) => null; public IEnumerable<KeyValuePair<string, JsonElement>> Rows(string c) => []; }
}
namespace AgentScaler.Environments.Packages
{
public static class PackageFolder { public static Task<EnvironmentPackage> ReadAsync(AgentScaler.Storage.IArtifactStore store, string prefix, CancellationToken ct) => throw new NotImplementedException(); }
}
