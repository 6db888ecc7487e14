namespace AgentScaler.Datasets.Writers;

/// <summary>A format of preference pairs, one a line: what both episodes share, then what each does next.</summary>
internal abstract class PreferenceLineWriter(Stream target, ExportLosses losses) : JsonLineWriter<PreferencePair>(target)
{
    private readonly ConversationTurns turns = new();

    /// <summary>Where losses are reported.</summary>
    protected ExportLosses Losses => losses;

    /// <inheritdoc/>
    protected sealed override bool Write(PreferencePair record, JsonRow row)
    {
        var fault = turns.Read(record.Prompt, "$.prompt");
        if (fault is null && turns.All[^1] is { Message.Role: not "user", Results.Count: 0 })
        {
            fault = (ExportReasons.RoleOrder, "$.prompt");
        }

        fault ??= turns.ReadOutput(record.Preferred, "$.preferred");
        fault ??= turns.ReadOutput(record.NonPreferred, "$.non_preferred");
        fault ??= ToolListText.FaultOf(record.Tools);
        return fault is { } found ? losses.Row(record.Id, found.Reason, found.Place) : WritePair(record, row);
    }

    /// <summary>Writes the row of a pair.</summary>
    /// <inheritdoc cref="JsonLineWriter{TRecord}.Write"/>
    protected abstract bool WritePair(PreferencePair pair, JsonRow row);
}
