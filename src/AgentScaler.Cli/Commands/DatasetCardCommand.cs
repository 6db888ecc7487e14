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
            var formats = await DatasetCardFile.RefreshAsync(parse.GetValue(dataset)!, token);
            if (shell.WantsJson(parse))
            {
                shell.WriteJson(new { Formats = formats });
            }
            else
            {
                shell.WriteText($"the card names {(formats.Count == 0 ? "the canonical form only: no other format is there" : "canonical, " + string.Join(", ", formats))}");
            }

            return CommandLine.Success;
        });
        return command;
    }
}
