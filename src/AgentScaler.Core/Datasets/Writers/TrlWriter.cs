namespace AgentScaler.Datasets.Writers;

/// <summary>
/// TRL's conversational format: columns <c>messages</c> (arguments as an object, as chat templates want them) and <c>tools</c> (a JSON text, which every version
/// reads). With <c>assistant_only_loss</c> it trains on all the assistant says and calls.
/// </summary>
internal sealed class TrlWriter(Stream target, ExportLosses losses) : TrajectoryLineWriter(target, losses)
{
    private readonly ChatText messages = new(textArguments: false, train: false);
    private readonly ToolListText tools = ToolListText.Nested();

    /// <inheritdoc/>
    protected override bool Write(string id, Trajectory trajectory, IReadOnlyList<ConversationTurn> turns, JsonRow row)
    {
        ReportUntrained(id, turns);
        row.Object().Name("messages"u8);
        messages.Write(trajectory.Messages, row);
        row.Name("tools"u8).Embed(tools.Of(trajectory.Tools)).EndObject();
        return true;
    }
}
