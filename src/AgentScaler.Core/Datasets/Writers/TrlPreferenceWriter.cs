namespace AgentScaler.Datasets.Writers;

/// <summary>TRL's conversational preference format with an explicit prompt: <c>{prompt, chosen, rejected, tools}</c>.</summary>
internal sealed class TrlPreferenceWriter(Stream target, ExportLosses losses) : PreferenceLineWriter(target, losses)
{
    private readonly ChatText messages = new(textArguments: false, train: false);
    private readonly ToolListText tools = ToolListText.Nested();

    /// <inheritdoc/>
    protected override bool WritePair(PreferencePair pair, JsonRow row)
    {
        row.Object().Name("prompt"u8);
        messages.Write(pair.Prompt, row);
        row.Name("chosen"u8);
        messages.Write(pair.Preferred, row);
        row.Name("rejected"u8);
        messages.Write(pair.NonPreferred, row);
        row.Name("tools"u8).Embed(tools.Of(pair.Tools)).EndObject();
        return true;
    }
}
