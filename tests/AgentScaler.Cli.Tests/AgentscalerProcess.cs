using System.Diagnostics;
using System.Globalization;

namespace AgentScaler.Cli.Tests;

/// <summary>Runs the real program in a process of its own, as a user does.</summary>
internal static class AgentscalerProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs the program to its end.</summary>
    public static async Task<ProcessOutcome> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"agentscaler {string.Join(' ', arguments)} did not end within {Patience.TotalMinutes.ToString(CultureInfo.InvariantCulture)} minutes");
        }

        return new ProcessOutcome(process.ExitCode, await output, await error);
    }

    /// <summary>Starts the program and kills it with SIGKILL after a while.</summary>
    /// <returns>Whether it was killed; false if it had ended before.</returns>
    public static bool RunAndKill(TimeSpan after, params string[] arguments)
    {
        using var process = Start(arguments);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (process.WaitForExit(after))
        {
            return false;
        }

        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return true;
    }

    private static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "agentscaler.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
