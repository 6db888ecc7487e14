using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>NeMo Gym's rule: request parameters of the Responses API, unknown ones forbidden; flat tools; an agent to send the row to.</summary>
internal sealed class NemoGymCheck : IRowCheck
{
    private static readonly string[] MessageKeys = ["type", "role", "content"];

    /// <inheritdoc/>
    public void Row(JsonElement row, RowExpectations expect)
    {
        expect.OnlyKeys(row, "$", "responses_create_params", "verifier_metadata", "agent_ref");
        HashSet<string> tools = [];
        if (expect.Has(row, "$", "responses_create_params", JsonValueKind.Object, out var request))
        {
            tools = Request(request, "$.responses_create_params", expect);
        }

        if (expect.Has(row, "$", "verifier_metadata", JsonValueKind.Object, out var gold))
        {
            expect.Text(gold, "$.verifier_metadata", "task");
            expect.Text(gold, "$.verifier_metadata", "environment");
            GoldRules.Check(gold, "$.verifier_metadata", "gold_calls", tools, expect);
        }

        if (expect.Has(row, "$", "agent_ref", JsonValueKind.Object, out var agent))
        {
            expect.Text(agent, "$.agent_ref", "name");
            if (expect.Text(agent, "$.agent_ref", "type") is { } type && type != "responses_api_agents")
            {
                expect.Fail("$.agent_ref.type", $"expected 'responses_api_agents', found '{type}'");
            }
        }
    }

    private static HashSet<string> Request(JsonElement request, string path, RowExpectations expect)
    {
        expect.OnlyKeys(request, path, "input", "tools", "parallel_tool_calls");
        expect.Flag(request, path, "parallel_tool_calls");
        if (expect.Has(request, path, "input", JsonValueKind.Array, out var input))
        {
            PromptRules.Check(input, path + ".input", MessageKeys, expect);
        }

        if (!expect.Has(request, path, "tools", JsonValueKind.Array, out var tools))
        {
            return [];
        }

        for (var i = 0; i < tools.GetArrayLength(); i++)
        {
            var place = $"{path}.tools[{i}]";
            if (tools[i].ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            expect.OnlyKeys(tools[i], place, "type", "name", "description", "parameters", "strict");
            expect.Flag(tools[i], place, "strict");
            if (expect.Text(tools[i], place, "type") is { } type && type != "function")
            {
                expect.Fail(place + ".type", $"expected 'function', found '{type}'");
            }
        }

        return ToolListRules.Flat(tools, path + ".tools", expect);
    }
}
