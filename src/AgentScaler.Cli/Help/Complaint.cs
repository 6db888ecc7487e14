using System.CommandLine;
using System.CommandLine.Parsing;

namespace AgentScaler.Cli.Help;

/// <summary>What is said of wrong usage: each error, what was probably meant, and where to read on.</summary>
internal static class Complaint
{
    /// <summary>The lines, for standard error.</summary>
    public static IEnumerable<string> Of(ParseResult parse)
    {
        foreach (var problem in parse.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal))
        {
            yield return "agentscaler: " + problem;
        }

        var command = parse.CommandResult.Command;
        var words = Words(parse.CommandResult).ToList();
        foreach (var word in parse.UnmatchedTokens)
        {
            if (NearestWord.Of(word, words) is { } meant)
            {
                yield return $"Did you mean '{meant}'?";
            }
            else if (command.Subcommands.Count > 0 && !word.StartsWith('-'))
            {
                yield return $"The commands here are {string.Join(", ", command.Subcommands.Select(below => below.Name).Order(StringComparer.Ordinal))}.";
            }
        }

        yield return $"Try 'agentscaler {string.Concat(Path(parse.CommandResult).Select(name => name + " "))}--help'.";
    }

    /// <summary>Commands below, and options here and above.</summary>
    private static IEnumerable<string> Words(CommandResult result)
    {
        foreach (var below in result.Command.Subcommands)
        {
            yield return below.Name;
        }

        for (CommandResult? at = result; at is not null; at = at.Parent as CommandResult)
        {
            foreach (var option in at.Command.Options.Where(option => at == result || option.Recursive))
            {
                yield return option.Name;
            }
        }
    }

    private static IEnumerable<string> Path(CommandResult result) =>
        result.Parent is CommandResult above ? [.. Path(above), result.Command.Name] : [];
}
