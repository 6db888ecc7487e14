using System.Text.Json;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Validation;

namespace AgentScaler.Training;

/// <summary>A trajectory of a phase: a sound conversation, of an environment of its file's part of the split.</summary>
/// <param name="part">The part's name, e.g. <c>train</c>.</param>
/// <param name="environments">The part's environments.</param>
internal sealed class PhaseRowCheck(string part, IReadOnlyCollection<string> environments) : IRowCheck
{
    private readonly HashSet<string> allowed = [.. environments];
    private readonly ToolSchemas schemas = new();

    /// <inheritdoc/>
    public void Row(JsonElement row, RowExpectations expect)
    {
        if (expect.Has(row, "$", "metadata", JsonValueKind.Object, out var metadata)
            && expect.Text(metadata, "$.metadata", "environment") is { } environment && !allowed.Contains(environment))
        {
            expect.Fail("$.metadata.environment", $"expected one of the plan's environments for '{part}', found '{environment}'");
        }

        if (expect.Has(row, "$", "messages", JsonValueKind.Array, out var messages) && expect.Has(row, "$", "tools", JsonValueKind.Array, out var tools))
        {
            ConversationRules.Check(messages, tools, schemas, expect);
        }
    }
}
