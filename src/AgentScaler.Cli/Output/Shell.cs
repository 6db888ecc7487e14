using System.CommandLine;
using System.Text.Json;
using AgentScaler.Json;
using Spectre.Console;

namespace AgentScaler.Cli.Output;

/// <summary>Where commands write: results to standard output, progress and complaints to standard error.</summary>
public sealed class Shell(TextWriter output, TextWriter error, TimeProvider clock, Func<ParseResult, bool> json)
{
    private static readonly JsonSerializerOptions Indented = new(ArtifactJson.Options) { WriteIndented = true };

    /// <summary>The real clock; for progress and <c>run.json</c> only.</summary>
    public TimeProvider Clock => clock;

    /// <summary>Tables and text for people.</summary>
    public IAnsiConsole Out { get; } = Console(output, System.Console.IsOutputRedirected, escapes: !NoColours);

    /// <summary>Progress, which redraws its line on a terminal, and complaints.</summary>
    public IAnsiConsole Error { get; } = Console(error, System.Console.IsErrorRedirected, escapes: true);

    /// <summary>Whether standard error is a terminal, so that progress may redraw itself.</summary>
    public bool IsInteractive => Error.Profile.Capabilities.Interactive;

    /// <summary>Whether the user wants JSON.</summary>
    public bool WantsJson(ParseResult parse) => json(parse);

    /// <summary>Writes a value as indented JSON to standard output.</summary>
    public void WriteJson<T>(T value) => output.WriteLine(JsonSerializer.Serialize(value, Indented));

    /// <summary>Writes plain text to standard output.</summary>
    public void WriteText(string text) => output.WriteLine(text);

    /// <summary>Writes plain text to standard error.</summary>
    public void ErrorText(string text) => error.WriteLine(text);

    /// <summary>Whether the user wants no colours (https://no-color.org).</summary>
    private static bool NoColours => Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };

    private static IAnsiConsole Console(TextWriter writer, bool redirected, bool escapes)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected || !escapes ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected || NoColours ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
        {
            // A pipe has no width of its own; Spectre would fold tables at 80.
            console.Profile.Width = 160;
        }

        return console;
    }
}
