using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>The rule by which a consumer takes a row of one file, told by itself: it shares no code with the writers, only the constants they publish (names of files and formats) and the reader of lines.</summary>
internal interface IRowCheck
{
    /// <summary>Checks the next row, an object.</summary>
    void Row(JsonElement row, RowExpectations expect);
}
