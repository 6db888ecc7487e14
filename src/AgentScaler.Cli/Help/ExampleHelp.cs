using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AgentScaler.Cli.Help;

/// <summary>
/// Help in the order people read it: what a command does, how it is used, examples last. A command's description is a line, maybe more text, and
/// <c>Example:</c> or <c>Examples:</c> with the lines to type; of the commands below it only the first line is shown.
/// </summary>
internal sealed class ExampleHelp(HelpAction standard) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Puts it in the place of the standard help of a command line.</summary>
    public static void Use(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();

        // Nobody types these here, but completion would offer them first.
        option.Aliases.Remove("/h");
        option.Aliases.Remove("/?");
        option.Action = new ExampleHelp((HelpAction)option.Action!);
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        // The description is the standard help's only source; whoever asks for help asks for nothing else, so it may change.
        var command = parseResult.CommandResult.Command;
        var (text, examples) = Split(command.Description ?? string.Empty);
        command.Description = text;
        foreach (var below in command.Subcommands)
        {
            below.Description = below.Description?.Split('\n')[0].TrimEnd();
        }

        var code = standard.Invoke(parseResult);
        if (examples.Length > 0)
        {
            parseResult.InvocationConfiguration.Output.Write(examples.TrimEnd() + "\n\n");
        }

        return code;
    }

    /// <summary>A description without its examples, and the examples.</summary>
    internal static (string Text, string Examples) Split(string description)
    {
        var lines = description.ReplaceLineEndings("\n").Split('\n');
        var at = Array.FindIndex(lines, line => line.TrimEnd() is "Example:" or "Examples:");
        return at < 0 ? (description, string.Empty) : (string.Join('\n', lines[..at]).TrimEnd(), string.Join('\n', lines[at..]));
    }
}
