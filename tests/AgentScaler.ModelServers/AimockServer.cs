using System.Text.RegularExpressions;
using AgentScaler.ModelServers.Node;

namespace AgentScaler.ModelServers;

/// <summary>
/// <c>@copilotkit/aimock</c> of npm on a free port of this machine: somebody else's understanding of OpenAI's protocol. It answers from fixture files,
/// <c>{"fixtures": [{"match": {...}, "response": {...}}]}</c>, of which the first that matches counts.
/// <para><c>match</c>, all that is given: <c>userMessage</c> (in the last user message), <c>systemMessage</c>, <c>toolCallId</c> and <c>toolResultContains</c> (of the
/// last message), <c>toolName</c> (is offered), <c>inputText</c> (of embeddings), <c>responseFormat</c> (its type), <c>model</c>, <c>hasToolResult</c> (since the last
/// user message), <c>sequenceIndex</c> (how often it matched before).</para>
/// <para><c>response</c>: <c>content</c> (text, or JSON that becomes text), <c>reasoning</c>, <c>toolCalls</c> (<c>id</c>, <c>name</c>, <c>arguments</c>), <c>embedding</c>,
/// or <c>error</c> with <c>status</c> and <c>retryAfter</c>. Requests that nothing matches get 503 with <c>no_fixture_match</c>.</para>
/// </summary>
public sealed partial class AimockServer : IDisposable
{
    private readonly NodeServer process;

    private AimockServer(NodeServer process, Uri root)
    {
        this.process = process;
        Endpoint = new Uri(root, "v1");
        Journal = new Uri(root, "__aimock/journal");
    }

    /// <summary>The root of OpenAI's paths; ends in <c>/v1</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>Where the requests that it got are listed, with what it answered.</summary>
    public Uri Journal { get; }

    /// <summary>Starts it, installing it if need be.</summary>
    /// <param name="fixtures">A fixture file, or a folder of them.</param>
    /// <returns>The server, or null and why there is none on this machine.</returns>
    /// <exception cref="InvalidOperationException">It did not start: a fixture is faulty, for one.</exception>
    public static async Task<(AimockServer? Server, string? Missing)> StartAsync(string fixtures)
    {
        var (script, missing) = await EmulatorPackages.FindAsync("@copilotkit/aimock/dist/cli.js");
        if (script is null)
        {
            return (null, missing);
        }

        Uri? root = null;
        var process = await NodeServer.StartAsync(script, ["--port", "0", "--fixtures", Path.GetFullPath(fixtures), "--strict", "--validate-on-load"], line =>
        {
            root = Listening().Match(line) is { Success: true } heard ? new Uri(heard.Groups["root"].Value) : null;
            return root is not null;
        });
        return (new AimockServer(process, root!), null);
    }

    /// <summary>Ends it.</summary>
    public void Dispose() => process.Dispose();

    [GeneratedRegex(@"server listening on (?<root>http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
