using System.CommandLine;
using AgentScaler.Campaigns;
using AgentScaler.Cli.Output;

namespace AgentScaler.Cli.Commands;

/// <summary><c>campaign schema</c>: prints the JSON Schema of the campaign document.</summary>
internal static class CampaignSchemaCommand
{
    public static Command Create(Shell shell)
    {
        var command = new Command("schema", "Print the JSON Schema of the campaign document\n\nExample:\n  agentscaler campaign schema > campaign.schema.json");
        command.SetAction(_ =>
        {
            shell.WriteText(CampaignSchema.Text());
            return CommandLine.Success;
        });
        return command;
    }
}
