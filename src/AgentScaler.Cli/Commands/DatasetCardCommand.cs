using System.CommandLine;
using AgentScaler.Cli.Output;
using AgentScaler.Datasets;

namespace AgentScaler.Cli.Commands;

/// <summary><c>dataset card</c>: the card brought up to date.</summary>
internal static class DatasetCardCommand
{
    public static Command Create(Shell shell)
    {
        var dataset = new Argument<string>("dataset") { Description = "A campaign's folder" };
        var command = new Command(
            "card",
            """
            Bring the dataset's card up to date: a configuration for each format that the folder has, so that each loads by its name

            Example:
              agentscaler dataset export ./campaign --format openai trl
              agentscaler dataset card ./campaign
            """)
        {
            dataset,
        };
        command.SetAction(async (parse, token) =>
        {
            var (formats, stale) = await DatasetCardFile.RefreshAsync(parse.GetValue(dataset)!, token);
            if (shell.WantsJson(parse))
            {
                shell.WriteJson(new { Formats = formats, Stale = stale });
            }
            else
            {
                shell.WriteText($"the card names {(formats.Count == 0 ? "the canonical form only: no other format of these rows is there" : "canonical, " + string.Join(", ", formats))}");
                foreach (var format in stale)
                {
                    shell.WriteText($"not {format}: it was made from other rows; export it again");
                }
            }

            return CommandLine.Success;
        });
        return command;
    }
}
