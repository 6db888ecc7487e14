using System.Text.Json.Nodes;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Fields that tell when, by whom or whether a status was reached (<c>approvedAt</c>, <c>isArchived</c>): they follow the status.</summary>
internal static class StatusFacts
{
    /// <summary>The fields that tell of a value of the status field, each with that value.</summary>
    public static IReadOnlyList<(FieldSpec Field, string Status)> Of(CollectionSpec collection, FieldSpec status)
    {
        var facts = new List<(FieldSpec, string)>();
        foreach (var field in collection.Fields.Where(field => field.Name != status.Name && field.Name != collection.Key))
        {
            if (FieldSchemas.EnumOf(status.Type).FirstOrDefault(value => Tells(field, string.Join('_', Words.Tokens(value)))) is { } value)
            {
                facts.Add((field, value));
            }
        }

        return facts;
    }

    /// <summary>The status field of a collection, or null.</summary>
    public static FieldSpec? StatusOf(CollectionSpec collection) => collection.Fields.FirstOrDefault(StatusPlan.IsStatus);

    /// <summary>Whether a field holds a moment.</summary>
    public static bool IsTime(FieldSpec field) => field.Type.TryGetProperty("format", out var format) && format.GetString() is "date" or "date-time";

    /// <summary>
    /// Makes a row's facts fit its status: those of it are there, those of an end that it is not at are not, and a new row has none.
    /// </summary>
    /// <param name="valueOf">Draws the value of a field that the row lacks.</param>
    public static void Apply(JsonObject row, CollectionSpec collection, Func<FieldSpec, JsonNode?> valueOf)
    {
        if (StatusOf(collection) is not { } field || row[field.Name] is not JsonValue held || !held.TryGetValue<string>(out var status))
        {
            return;
        }

        foreach (var (fact, value) in Of(collection, field))
        {
            if (ResultReader.TypeOf(fact.Type) == "boolean")
            {
                if (row.ContainsKey(fact.Name))
                {
                    row[fact.Name] = value == status;
                }
            }
            else if (value == status)
            {
                row[fact.Name] ??= IsTime(fact) ? valueOf(fact) : null;
                if (row[fact.Name] is null)
                {
                    row.Remove(fact.Name);
                }
            }
            else if (!fact.Required && (StatusPlan.IsTerminal(value) || StatusPlan.IsInitial(status)))
            {
                row.Remove(fact.Name);
            }
        }
    }

    private static bool Tells(FieldSpec field, string status)
    {
        var words = Words.Tokens(field.Name);
        if (ResultReader.TypeOf(field.Type) == "boolean")
        {
            return string.Join('_', words[0] == "is" ? words.Skip(1) : words) is var state && state.Length > 0 && SameWord(state, status);
        }

        return words.Count > 1 && field.References is null && (words[^1] is "at" or "on" or "by" or "reason" || IsTime(field))
            && SameWord(string.Join('_', words.Where(word => word is not ("at" or "on" or "by" or "date" or "time" or "reason" or "timestamp"))), status);
    }

    private static bool SameWord(string word, string status) => word == status || Participle(word) == Participle(status);

    private static string Participle(string word) => word switch
    {
        "canceled" or "cancellation" or "cancelation" => "cancelled",
        "approval" => "approved",
        "completion" or "complete" => "completed",
        "rejection" => "rejected",
        "closing" or "closure" => "closed",
        "submission" => "submitted",
        "publication" => "published",
        "termination" => "terminated",
        "archive" => "archived",
        _ => word,
    };
}
