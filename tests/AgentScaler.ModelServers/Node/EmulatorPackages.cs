using System.Diagnostics;
using System.Text.Json;

namespace AgentScaler.ModelServers.Node;

/// <summary>The npm packages below <c>tests/emulators</c>, installed once as its lock file says.</summary>
public static class EmulatorPackages
{
    /// <summary>Two installations at once would take the folder from under each other.</summary>
    private static readonly SemaphoreSlim Installing = new(1, 1);

    /// <summary>How often another process's installation is looked at.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan LongestInstallation = TimeSpan.FromMinutes(8);

    /// <summary>The script of a package, installing what is missing.</summary>
    /// <param name="script">Its path below <c>node_modules</c>.</param>
    /// <returns>The script's path, or null and why there is none.</returns>
    public static async Task<(string? Script, string? Missing)> FindAsync(string script)
    {
        var folder = Path.Combine(Repository(), "tests", "emulators");
        var path = Path.Combine(folder, "node_modules", script);
        await Installing.WaitAsync();
        try
        {
            // Whoever comes first installs all of them: a later installation would take the folder from under servers that run.
            await using var others = await LockAsync(folder);
            if (!IsInstalled(folder))
            {
                await InstallAsync(folder);
            }

            return File.Exists(path) ? (path, null) : (null, $"npm ci in {folder} did not install {script}");
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or OperationCanceledException)
        {
            return (null, $"needs Node.js with npm and the packages of {folder}: {e.Message}");
        }
        finally
        {
            Installing.Release();
        }
    }

    private static bool IsInstalled(string folder)
    {
        using var wanted = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "package.json")));
        var dependencies = wanted.RootElement.GetProperty("dependencies").EnumerateObject().ToDictionary(d => d.Name, d => d.Value.GetString());

        // Written by npm once all the rest is there.
        var installed = Path.Combine(folder, "node_modules", ".package-lock.json");
        if (!File.Exists(installed))
        {
            return false;
        }

        using var present = JsonDocument.Parse(File.ReadAllBytes(installed));
        var packages = present.RootElement.GetProperty("packages");
        return dependencies.All(d =>
            packages.TryGetProperty($"node_modules/{d.Key}", out var package) && package.GetProperty("version").GetString() == d.Value);
    }

    /// <summary>A file that one process at a time holds open; the tests of several projects run at once.</summary>
    private static async Task<FileStream> LockAsync(string folder)
    {
        using var limit = new CancellationTokenSource(LongestInstallation);
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder, ".installing"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(LookAgain, limit.Token);
            }
        }
    }

    private static async Task InstallAsync(string folder)
    {
        using var limit = new CancellationTokenSource(LongestInstallation);
        using var npm = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var output = npm.StandardOutput.ReadToEndAsync(limit.Token);
        var error = npm.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await npm.WaitForExitAsync(limit.Token);
            await output;
        }
        catch (OperationCanceledException)
        {
            npm.Kill(entireProcessTree: true);
            throw;
        }

        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci failed: {(await error).Trim().Split('\n')[^1]}");
        }
    }

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AgentScaler.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"AgentScaler.sln is in no folder above {AppContext.BaseDirectory}");
    }
}
