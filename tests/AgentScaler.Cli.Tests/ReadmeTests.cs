using System.CommandLine;
using System.Text.RegularExpressions;

namespace AgentScaler.Cli.Tests;

/// <summary>The README's table of commands against the commands there are.</summary>
public sealed class ReadmeTests
{
    /// <summary>The README beside the solution.</summary>
    internal static string Text
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "AgentScaler.sln")))
            {
                folder = folder.Parent!;
            }

            return File.ReadAllText(Path.Combine(folder.FullName, "README.md"));
        }
    }

    public static TheoryData<string> Commands() => [.. CommandCases.Commands];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Table_EveryCommand_IsThereWithAllItsOptions(string command)
    {
        var words = command.Split(' ');
        var wanted = new Regex("`" + string.Join(@"[^`]*\b", words) + @"\b");
        var rows = string.Concat(Text.Split('\n').Where(line => line.StartsWith('|') && wanted.IsMatch(line)));
        Assert.True(rows.Length > 0, $"'{command}' has no row");
        var meant = words.Aggregate((Command)CommandLine.Create(TextWriter.Null, TextWriter.Null, TimeProvider.System).Root, (at, word) => at.Subcommands.Single(below => below.Name == word));
        Assert.All(meant.Options.Where(option => !option.Hidden && !option.Recursive), option => Assert.Matches(Regex.Escape(option.Name) + @"(?![\w-])", rows));
    }
}
