namespace AgentScaler.Datasets.Writers;

/// <summary>A format for supervised fine-tuning, a trajectory a line. Every consumer wants a conversation that ends with an answer to learn from.</summary>
internal abstract class TrajectoryLineWriter(Stream target, ExportLosses losses) : JsonLineWriter<Trajectory>(target)
{
    private readonly ConversationTurns turns = new();

    /// <summary>Where losses are reported.</summary>
    protected ExportLosses Losses => losses;

    /// <inheritdoc/>
    protected sealed override bool Write(Trajectory record, JsonRow row)
    {
        var id = record.Metadata.Episode;
        if (turns.Read(record.Messages, "$.messages") is { } fault)
        {
            return losses.Row(id, fault.Reason, fault.Place);
        }

        if (turns.All[^1].Message is not { Role: "assistant", ToolCalls: null or { Count: 0 } })
        {
            return losses.Row(id, ExportReasons.NoLastAnswer, "$.messages");
        }

        if (ToolListText.FaultOf(record.Tools) is { } toolFault)
        {
            return losses.Row(id, toolFault.Reason, toolFault.Place);
        }

        return record.Messages.Any(message => message.Train)
            ? Write(id, record, turns.All, row)
            : losses.Row(id, ExportReasons.NothingToTrain, "$.messages");
    }

    /// <summary>Writes the row of a trajectory.</summary>
    /// <inheritdoc cref="JsonLineWriter{TRecord}.Write"/>
    protected abstract bool Write(string id, Trajectory trajectory, IReadOnlyList<ConversationTurn> turns, JsonRow row);

    /// <summary>Reports messages of the assistant that are not to be trained on, where the format trains on all.</summary>
    protected void ReportUntrained(string id, IReadOnlyList<ConversationTurn> turns)
    {
        foreach (var turn in turns.Where(turn => turn.Message is { Role: "assistant", Train: false }))
        {
            losses.Part(id, ExportReasons.UntrainedMessage, $"$.messages[{turn.Index}]");
        }
    }
}
