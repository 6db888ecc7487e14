using System.Diagnostics;
using System.Globalization;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Audit.Mutation;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Materialisation;

namespace AgentScaler.Performance;

/// <summary>
/// Environments a second, one thread: the domains of a catalogue's tools are materialised, audited, and the audit is tried on mutants of the programs.
/// Each part is timed alone; the whole is what a campaign does with a domain.
/// </summary>
internal static class EnvironmentsBenchmark
{
    private const double Megabyte = 1e6;

    /// <summary>Builds all environments and prints a table.</summary>
    public static int Run(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
        {
            Console.Error.WriteLine("environments needs at least one file, folder or glob of tools; see --help");
            return 2;
        }

        var seed = Seed.Root(1);
        var (tools, domains) = CatalogueDomains.Of(paths, seed);
        using var engine = new EnvironmentEngine(new EngineOptions { MaximumIsolates = 1 }, TimeProvider.System);
        var settings = new EnvironmentSettings();
        var builder = new EnvironmentBuilder(settings, engine);
        var (wall, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var kept = domains.Select(domain => (Domain: domain, Build: builder.Build(domain, seed.Child(domain.Id)))).Where(item => item.Build.Package is not null).ToList();
        var spent = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(Text($"{tools:N0} tools, {domains.Count:N0} domains, {kept.Count:N0} environments of {kept.Sum(item => item.Build.Package!.Tools.Count):N0} tools"));
        Console.WriteLine(Text($"built, audited and tried on mutants: {wall.Elapsed.TotalSeconds:N1} s, {domains.Count / wall.Elapsed.TotalSeconds:N1} domains/s, {kept.Count / spent:N2} environments/cpu s; peak memory {process.PeakWorkingSet64 / Megabyte:N0} MB"));
        var packages = kept.Select(item => item.Build.Package!).ToList();
        Print("  materialise: schema, rows, programs, policy", kept.Count, () => kept.ForEach(item => new EmbeddedMaterialiser(settings, null).Materialise(item.Domain, seed.Child(item.Domain.Id), out _)));
        Print("  audit", kept.Count, () => packages.ForEach(package => new EnvironmentAudit(engine).Run(package)));
        var audits = packages.Select(package => new EnvironmentAudit(engine).Run(package)).ToList();
        Print("  mutants", kept.Count, () => packages.Zip(audits).ToList().ForEach(pair => new MutationTest(engine).Run(pair.First, pair.Second)));
        return 0;
    }

    private static void Print(string name, int environments, Action action)
    {
        var before = Environment.CpuUsage.TotalTime;
        action();
        var seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        Console.WriteLine(Text($"{name,-48} {seconds,8:N2} cpu s {environments / seconds,8:N1} environments/cpu s"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
