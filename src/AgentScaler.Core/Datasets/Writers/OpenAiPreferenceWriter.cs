namespace AgentScaler.Datasets.Writers;

/// <summary>
/// Direct preference optimisation at OpenAI and Azure OpenAI: <c>{input: {messages, tools, parallel_tool_calls}, preferred_output, non_preferred_output}</c>;
/// outputs hold assistant and tool messages only.
/// </summary>
internal sealed class OpenAiPreferenceWriter(Stream target, ExportLosses losses) : PreferenceLineWriter(target, losses)
{
    private readonly OpenAiText text = new(losses);

    /// <inheritdoc/>
    protected override bool WritePair(PreferencePair pair, JsonRow row)
    {
        if (!text.Accepts(pair.Id, pair.Tools) || !text.Accepts(pair.Id, pair.Prompt, "$.prompt")
            || !text.Accepts(pair.Id, pair.Preferred, "$.preferred") || !text.Accepts(pair.Id, pair.NonPreferred, "$.non_preferred"))
        {
            return false;
        }

        text.Start();
        row.Object().Name("input"u8).Object().Name("messages"u8);
        text.WriteMessages(pair.Id, pair.Prompt, "$.prompt", weights: false, row);
        text.WriteTools(pair.Id, pair.Tools, OpenAiText.IsParallel([.. pair.Prompt, .. pair.Preferred, .. pair.NonPreferred]), row);
        row.EndObject().Name("preferred_output"u8);
        text.WriteMessages(pair.Id, pair.Preferred, "$.preferred", weights: false, row);
        row.Name("non_preferred_output"u8);
        text.WriteMessages(pair.Id, pair.NonPreferred, "$.non_preferred", weights: false, row);
        row.EndObject();
        return true;
    }
}
