using System.Diagnostics;

namespace AgentScaler.ModelServers.Node;

/// <summary>A server in Node.js, running until it is disposed of.</summary>
public sealed class NodeServer : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private NodeServer(Process process) => this.process = process;

    /// <summary>Starts a script and waits until it has said what tells that it listens.</summary>
    /// <param name="isReady">Hears each line that the server prints; true once there is nothing more to wait for.</param>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public static async Task<NodeServer> StartAsync(string script, IEnumerable<string> arguments, Func<string, bool> isReady)
    {
        var server = new NodeServer(Process.Start(new ProcessStartInfo("node", [script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
        try
        {
            using var limit = new CancellationTokenSource(LongestStart);
            var said = new List<string>();
            while (await server.process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                said.Add(line);
                if (isReady(line))
                {
                    // Read on, so that the server never waits for a full pipe.
                    server.process.BeginErrorReadLine();
                    _ = server.process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                    return server;
                }
            }

            throw new InvalidOperationException($"{script} ended: {string.Join(' ', said)} {await server.process.StandardError.ReadToEndAsync(limit.Token)}");
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Ends the process.</summary>
    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
    }
}
