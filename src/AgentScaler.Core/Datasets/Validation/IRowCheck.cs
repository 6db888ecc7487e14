using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>The rule by which a consumer takes a row of one file, told by itself: it shares nothing with the writer.</summary>
internal interface IRowCheck
{
    /// <summary>Checks the next row, an object.</summary>
    void Row(JsonElement row, RowExpectations expect);
}
