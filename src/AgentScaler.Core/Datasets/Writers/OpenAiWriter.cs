namespace AgentScaler.Datasets.Writers;

/// <summary>
/// Supervised fine-tuning at OpenAI and Azure OpenAI: <c>{messages, tools, parallel_tool_calls}</c>. Assistant messages say with <c>weight</c> whether the loss
/// covers them; reasoning has no place and is left out.
/// </summary>
internal sealed class OpenAiWriter(Stream target, ExportLosses losses) : TrajectoryLineWriter(target, losses)
{
    private readonly OpenAiText text = new(losses);

    /// <inheritdoc/>
    protected override bool Write(string id, Trajectory trajectory, IReadOnlyList<ConversationTurn> turns, JsonRow row)
    {
        if (!text.Accepts(id, trajectory.Tools) || !text.Accepts(id, trajectory.Messages, "$.messages"))
        {
            return false;
        }

        text.Start();
        row.Object().Name("messages"u8);
        text.WriteMessages(id, trajectory.Messages, "$.messages", weights: true, row);
        text.WriteTools(id, trajectory.Tools, OpenAiText.IsParallel(trajectory.Messages), row);
        row.EndObject();
        return true;
    }
}
