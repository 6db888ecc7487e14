using AgentScaler.Performance;

return args switch
{
    ["engine", .. var rest] => EngineBenchmark.Run(rest),
    ["import", .. var paths] => ImportBenchmark.Run(paths),
    ["environments", .. var paths] => EnvironmentsBenchmark.Run(paths),
    ["episodes", .. var rest] => await EpisodesBenchmark.RunAsync(rest),
    ["exports", .. var rest] => await ExportsBenchmark.RunAsync(rest),
    ["graph"] => GraphBenchmark.Run(),
    ["models"] => await ModelsBenchmark.RunAsync(),
    ["server"] => await ModelServerBenchmark.RunAsync(),
    ["tau", .. var rest] => TauBenchmark.Run(rest),
    ["--help" or "-h"] => Usage(Console.Out, 0),
    _ => Usage(Console.Error, 2),
};

static int Usage(TextWriter output, int exitCode)
{
    output.WriteLine(
        """
        Usage: dotnet run --project tests/AgentScaler.Performance -c Release -- engine [--assert] [--seconds N]
               dotnet run --project tests/AgentScaler.Performance -c Release -- import PATH...
               dotnet run --project tests/AgentScaler.Performance -c Release -- environments PATH...
               dotnet run --project tests/AgentScaler.Performance -c Release -- episodes PATH... [--episodes N] [--parallelism P]
               dotnet run --project tests/AgentScaler.Performance -c Release -- exports [--rows N] [FORMAT...]
               dotnet run --project tests/AgentScaler.Performance -c Release -- graph
               dotnet run --project tests/AgentScaler.Performance -c Release -- models
               dotnet run --project tests/AgentScaler.Performance -c Release -- server
               dotnet run --project tests/AgentScaler.Performance -c Release -- tau --data DIR [--official CHECKOUT] [--assert] [--seconds N]

          engine       tool calls a CPU second through the full sandbox, one thread, on a 1,000-row environment
          import       MB and tools imported a CPU second from files, folders or globs, and peak memory; Microsoft.OpenApi beside it
          environments  domains of the tools in files, folders or globs: environments built, audited and tried on mutants a second, one thread, and peak memory
          episodes     scripted episodes of the environments of those tools a second through roll-out and funnel, with the rate and the memory of each tenth; exit code 1 if a target is missed
          exports      a synthetic dataset in every format, or in some: rows a second, MB, peak memory; exit code 1 if that is over 500 MB
          graph        CPU seconds of similarity search and community detection on the shared corpora, beside those recorded of other software
          models       calls a second through everything around a model, at 200 ms and 64 slots: share of the ideal, CPU, memory; exit code 1 if a target is missed
          server       requests a second that the tests' model server answers, and the share of the ideal at 200 ms; exit code 1 if a target is missed
          tau          gold calls of tau-bench's domains a CPU second, session starts, state hashes, memory; against the Python code
          --episodes N  how many; default 100,000
          --parallelism P  steps at once; default 2
          --rows N     trajectories, pairs and tasks, each; default 1,000,000
          --data DIR   the folder of the benchmarks' data
          --official CHECKOUT  a checkout of github.com/sierra-research/tau-bench: its code is timed beside ours (python3 with pydantic); else recorded figures count
          --assert     exit code 1 if a target is missed
          --seconds N  how long each measurement runs, 1-60; default 2
        """);
    return exitCode;
}
