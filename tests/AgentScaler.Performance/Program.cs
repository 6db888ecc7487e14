using AgentScaler.Performance;

return args switch
{
    ["engine", .. var rest] => EngineBenchmark.Run(rest),
    ["graph"] => GraphBenchmark.Run(),
    ["--help" or "-h"] => Usage(Console.Out, 0),
    _ => Usage(Console.Error, 2),
};

static int Usage(TextWriter output, int exitCode)
{
    output.WriteLine(
        """
        Usage: dotnet run --project tests/AgentScaler.Performance -c Release -- engine [--assert] [--seconds N] | graph

          engine       tool calls a CPU second through the full sandbox, one thread, on a 1,000-row environment
          graph        CPU seconds of similarity search and community detection on the shared corpora, beside those recorded of other software
          --assert     exit code 1 if a target is missed
          --seconds N  how long each measurement runs, 1-60; default 2
        """);
    return exitCode;
}
