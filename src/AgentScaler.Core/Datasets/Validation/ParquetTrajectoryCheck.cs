using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>The canonical record in columns: texts, of which three hold JSON that agrees with the ids beside it.</summary>
/// <param name="sorted">Whether rows are sorted by id, as those of a dataset are; a phase of training has an order of its own.</param>
internal sealed class ParquetTrajectoryCheck(bool sorted = true) : IRowCheck
{
    private static readonly string[] Ids = ["episode", "task", "environment", "domain", "domain_name", "generator"];

    private readonly ToolSchemas schemas = new();
    private string lastId = string.Empty;

    /// <inheritdoc/>
    public void Row(JsonElement row, RowExpectations expect)
    {
        expect.OnlyKeys(row, "$", [.. Ids, "messages", "tools", "metadata"]);
        if (expect.Embedded(row, "$", "metadata", JsonValueKind.Object) is { } metadata)
        {
            foreach (var name in Ids)
            {
                if (expect.Text(row, "$", name) is { } id && expect.Text(metadata, "$.metadata", name) is { } other && id != other)
                {
                    expect.Fail("$." + name, $"expected '{other}', as in metadata, found '{id}'");
                }
            }
        }

        if (expect.Text(row, "$", "episode") is { } episode && sorted)
        {
            if (string.CompareOrdinal(episode, lastId) <= 0)
            {
                expect.Fail("$.episode", $"expected an id after '{lastId}' (sorted, unique), found '{episode}'");
            }

            lastId = episode;
        }

        if (expect.Embedded(row, "$", "messages", JsonValueKind.Array) is { } messages && expect.Embedded(row, "$", "tools", JsonValueKind.Array) is { } tools)
        {
            ConversationRules.Check(messages, tools, schemas, expect);
        }
    }
}
