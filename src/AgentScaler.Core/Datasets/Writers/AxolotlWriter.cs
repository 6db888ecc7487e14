namespace AgentScaler.Datasets.Writers;

/// <summary>
/// Axolotl's <c>chat_template</c> format: <c>messages</c>, each with <c>train</c> (its <c>message_field_training</c>), and <c>tools</c>. Arguments and the tools' parameters are
/// JSON texts, which it reads back: as objects their keys would become columns of all rows, and one key with two types would end the load.
/// </summary>
internal sealed class AxolotlWriter(Stream target, ExportLosses losses) : TrajectoryLineWriter(target, losses)
{
    /// <summary>The part of a configuration that reads the file.</summary>
    public const string Configuration =
        """
        # The part of an Axolotl configuration that reads this folder; paths start from where axolotl is run.
        chat_template: tokenizer_default
        datasets:
          - path: train.jsonl
            ds_type: json
            type: chat_template
            field_messages: messages
            field_tools: tools
            message_field_training: train
            roles_to_train: []
            train_on_eos: turn

        """;

    private readonly ChatText messages = new(textArguments: true, train: true);
    private readonly ToolListText tools = ToolListText.NestedTextParameters();

    /// <inheritdoc/>
    protected override bool Write(string id, Trajectory trajectory, IReadOnlyList<ConversationTurn> turns, JsonRow row)
    {
        row.Object().Name("messages"u8);
        messages.Write(trajectory.Messages, row);
        row.Name("tools"u8).Raw(tools.Of(trajectory.Tools)).EndObject();
        return true;
    }
}
