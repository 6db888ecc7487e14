using System.Text;
using System.Text.Json;
using AgentScaler.Storage;

namespace AgentScaler.Reports;

/// <summary>The little that a report needs to know of an episode it does not show, read off its line without building the record.</summary>
/// <param name="Id">The episode.</param>
/// <param name="Task">Its task.</param>
internal readonly record struct EpisodeLine(string Id, string Task)
{
    /// <summary>Reads a line.</summary>
    /// <exception cref="StoreException">It is no episode.</exception>
    public static EpisodeLine Read(string line, string artifact)
    {
        string? id = null, task = null;
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(line), new JsonReaderOptions { MaxDepth = 256 });
            for (reader.Read(); reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
            {
                var (isId, isTask) = (reader.ValueTextEquals("id"u8), reader.ValueTextEquals("task"u8));
                reader.Read();
                id = isId ? reader.GetString() : id;
                task = isTask ? reader.GetString() : task;
                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new StoreException($"artifact '{artifact}': expected an episode a line: {e.Message}", e);
        }

        return id is not null && task is not null
            ? new EpisodeLine(id, task)
            : throw new StoreException($"artifact '{artifact}': expected an episode a line, with id and task");
    }
}
