using System.CommandLine;
using System.CommandLine.Parsing;

namespace AgentScaler.Cli.Help;

/// <summary>What is said of wrong usage: each error, what was probably meant, and where to read on.</summary>
internal static class Complaint
{
    /// <summary>The lines, for standard error.</summary>
    public static IEnumerable<string> Of(ParseResult parse)
    {
        foreach (var problem in Misread(parse).Select(word => $"Unrecognized option '{word}'.").Concat(parse.Errors.Select(error => error.Message)).Distinct(StringComparer.Ordinal))
        {
            yield return "agentscaler: " + problem;
        }

        var command = parse.CommandResult.Command;
        var words = Words(parse.CommandResult).ToLookup(word => word.StartsWith('-'));
        var meant = Misread(parse).Concat(parse.UnmatchedTokens).Distinct(StringComparer.Ordinal)
            .Select(word => NearestWord.Of(word, words[word.StartsWith('-')])).OfType<string>().ToList();
        foreach (var word in meant)
        {
            yield return $"Did you mean '{word}'?";
        }

        if (meant.Count == 0 && command.Subcommands.Count > 0)
        {
            yield return $"The commands here are {string.Join(", ", command.Subcommands.Select(below => below.Name).Order(StringComparer.Ordinal))}.";
        }

        yield return $"Try 'agentscaler {string.Concat(Path(parse.CommandResult).Select(name => name + " "))}--help'.";
    }

    /// <summary>
    /// Words that look like options and were taken for an argument's value, because none has their name: an optional argument takes whatever comes. Nothing
    /// but <c>--</c> before them says that they are meant so. No option's name has a blank: a text with one is a text.
    /// </summary>
    internal static IEnumerable<string> Misread(ParseResult parse) => parse.Tokens
        .TakeWhile(token => token.Type != TokenType.DoubleDash)
        .Where(token => token.Type == TokenType.Argument && token.Value.StartsWith("--", StringComparison.Ordinal))
        .Select(token => token.Value.Split('=')[0]).Where(word => !word.Any(char.IsWhiteSpace));

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
        result.Parent is CommandResult above
            ? [.. Path(above), .. above.Command.Arguments.Select(argument => $"<{argument.Name}>"), result.Command.Name]
            : [];
}
