namespace AgentScaler.Datasets.Writers;

/// <summary>
/// NeMo Gym's tasks: <c>{responses_create_params: {input, tools, parallel_tool_calls}, verifier_metadata, agent_ref}</c>, in the Responses API's shape: tools are flat.
/// <c>verifier_metadata</c> is the ground truth with the environment it holds in; calls are made one at a time, as gold's are.
/// </summary>
internal sealed class NemoGymWriter(Stream target, ExportLosses losses) : JsonLineWriter<DatasetTask>(target)
{
    private readonly ToolListText tools = ToolListText.Responses();

    /// <inheritdoc/>
    protected override bool Write(DatasetTask record, JsonRow row)
    {
        if (!LearnableTask.IsSound(record, losses))
        {
            return false;
        }

        if (ToolListText.SchemaFaultOf(record.Tools) is { } fault)
        {
            return losses.Row(record.Task, fault.Reason, fault.Place);
        }

        row.Object().Name("responses_create_params"u8).Object().Name("input"u8).Array();
        foreach (var message in record.Prompt)
        {
            row.Object().Text("type"u8, "message").Text("role"u8, message.Role).Text("content"u8, message.Content).EndObject();
        }

        row.EndArray().Name("tools"u8).Raw(tools.Of(record.Tools)).Flag("parallel_tool_calls"u8, false).EndObject()
            .Name("verifier_metadata"u8).Object().Text("task"u8, record.Task).Text("environment"u8, record.Environment).Text("domain"u8, record.Domain)
            .Text("seed"u8, record.Seed).Number("kept"u8, record.Kept);
        GoldText.Add(row, record.Gold).EndObject()
            .Name("agent_ref"u8).Object().Text("type"u8, "responses_api_agents").Text("name"u8, "agentscaler_simple_agent").EndObject()
            .EndObject();
        return true;
    }
}
