using System.CommandLine;
using System.Globalization;
using AgentScaler.Benchmarks.TauBench;
using AgentScaler.Cli.Local;
using AgentScaler.Cli.Output;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Replay;
using AgentScaler.Episodes;

namespace AgentScaler.Cli.Commands;

/// <summary><c>env replay</c>: recorded calls again, on a package or a benchmark's domain.</summary>
internal static class EnvReplayCommand
{
    public static Command Create(Shell shell)
    {
        var package = new Argument<string?>("package") { Description = "An environment package's folder, or a campaign's", Arity = ArgumentArity.ZeroOrOne };
        var environment = new Option<string?>("--environment") { Description = "Of a campaign: the environment's id, the beginning of it, or its name" };
        var benchmark = new Option<string?>("--benchmark") { Description = $"Instead of a package: {Names}" };
        var data = new Option<string?>("--data") { Description = "The folder of the benchmark's data" };
        var calls = new Option<string>("--calls") { Description = "Recorded calls: JSON Lines, plain or gzipped", Required = true };
        var command = new Command(
            "replay",
            """
            Replay recorded calls: results, errors and states must be as recorded

            Examples:
              agentscaler env replay ./package --calls calls.jsonl
              agentscaler env replay --benchmark tau_bench/retail --data ./benchmarks --calls ./benchmarks/tau_bench/retail/golden_test.jsonl.gz
            """)
        {
            package, environment, benchmark, data, calls,
        };
        command.SetAction((parse, token) => RunAsync(
            shell,
            new Request(parse.GetValue(package), parse.GetValue(environment), parse.GetValue(benchmark), parse.GetValue(data), parse.GetValue(calls)!, shell.WantsJson(parse)),
            token));
        return command;
    }

    private static string Names => string.Join(", ", new[] { TauBenchDomain.Airline, TauBenchDomain.Retail }.Select(domain => $"{TauBenchData.Benchmark}/{domain.Name}"));

    private static async Task<int> RunAsync(Shell shell, Request request, CancellationToken cancellationToken)
    {
        if (!File.Exists(request.Calls))
        {
            throw new UsageException($"--calls: there is no file '{request.Calls}'");
        }

        using var engine = new EnvironmentEngine(new EngineOptions(), shell.Clock);
        var report = CallsReplay.Run(request.Calls, await ReplayOfAsync(request, engine, cancellationToken));
        if (report.Passed + report.Failed == 0)
        {
            throw new UsageException($"--calls: '{request.Calls}' holds no rows");
        }

        if (request.Json)
        {
            shell.WriteJson(report);
        }
        else
        {
            foreach (var difference in report.Differences)
            {
                shell.WriteText(difference);
            }

            shell.WriteText(string.Create(CultureInfo.InvariantCulture, $"{report.Passed} passed, {report.Failed} failed"));
        }

        return report.Failed == 0 ? CommandLine.Success : CommandLine.Failure;
    }

    private static async Task<IRowReplay> ReplayOfAsync(Request request, EnvironmentEngine engine, CancellationToken cancellationToken)
    {
        switch (request)
        {
            case { Package: { } folder, Benchmark: null, Data: null }:
                using (var place = PackagePlace.Open(folder))
                {
                    var (package, _) = await place.ReadAsync(request.Environment, cancellationToken);
                    return new PackageReplay(LoadedEnvironment.Load(package), engine);
                }

            case { Package: null, Environment: null, Benchmark: { } name, Data: { } data }:
                var domain = name.Split('/') is [TauBenchData.Benchmark, var last] ? TauBenchDomain.Find(last) : null;
                var read = TauBenchData.Open(data, domain ?? throw new UsageException($"--benchmark: expected one of {Names}, found '{name}'"));
                return new TauBenchReplay(TauBenchEnvironment.Load(read, engine), read);

            default:
                throw new UsageException("expected either a package's folder, or --benchmark and --data");
        }
    }

    private sealed record Request(string? Package, string? Environment, string? Benchmark, string? Data, string Calls, bool Json);
}
