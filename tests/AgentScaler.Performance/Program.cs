using AgentScaler.Performance;

return args switch
{
    ["engine", .. var rest] => EngineBenchmark.Run(rest),
    ["import", .. var paths] => ImportBenchmark.Run(paths),
    ["--help" or "-h"] => Usage(Console.Out, 0),
    _ => Usage(Console.Error, 2),
};

static int Usage(TextWriter output, int exitCode)
{
    output.WriteLine(
        """
        Usage: dotnet run --project tests/AgentScaler.Performance -c Release -- engine [--assert] [--seconds N]
               dotnet run --project tests/AgentScaler.Performance -c Release -- import PATH...

          engine       tool calls a CPU second through the full sandbox, one thread, on a 1,000-row environment
          --assert     exit code 1 if a target is missed
          --seconds N  how long each measurement runs, 1-60; default 2
          import       MB and tools imported a CPU second from files, folders or globs, and peak memory; Microsoft.OpenApi beside it
        """);
    return exitCode;
}
