using System.Diagnostics;

namespace AgentScaler.Cli.Tests;

/// <summary>Runs the real program on a terminal: <c>script</c> (util-linux) makes one.</summary>
internal static class TerminalProcess
{
    private const string Maker = "/usr/bin/script";

    /// <summary>Runs the program to its end, whatever its exit code.</summary>
    /// <param name="environment">Variables set for it.</param>
    /// <returns>What the terminal was sent.</returns>
    public static async Task<string> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists(Maker), $"there is no {Maker} to make a terminal: what is shown on one is not tried");
        string[] command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "agentscaler.dll"), .. arguments];
        var start = new ProcessStartInfo(Maker) { RedirectStandardInput = true, RedirectStandardOutput = true, ArgumentList = { "-qec", string.Join(' ', command.Select(Quoted)), "/dev/null" } };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var shown = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return shown;
    }

    private static string Quoted(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
