using AgentScaler.Cli;

// The one place that names the real clock: everything below gets it handed in.
#pragma warning disable RS0030
var clock = TimeProvider.System;
#pragma warning restore RS0030
using var telemetry = Telemetry.Start();
return await CommandLine.RunAsync(args, Console.Out, Console.Error, clock);
