using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Statuses and the transitions between them, read from enums and from the verbs of status tools.</summary>
internal static class StatusPlan
{
    private static readonly string[] Terminal =
    [
        "archived", "canceled", "cancelled", "checked_out", "closed", "completed", "declined", "deleted", "delivered", "done", "ended", "expired", "failed",
        "finished", "hired", "lost", "paid", "refunded", "rejected", "retired", "returned", "revoked", "terminated", "void", "voided", "waived", "withdrawn",
    ];

    private static readonly string[] Initial =
        ["pending", "open", "new", "draft", "requested", "scheduled", "booked", "reserved", "active", "available", "created", "planned", "submitted", "confirmed"];

    /// <summary>Verbs that only make sense from certain statuses.</summary>
    private static readonly Dictionary<string, string[]> Sources = new(StringComparer.Ordinal)
    {
        ["activate"] = ["inactive", "pending", "draft", "disabled", "suspended", "new"],
        ["check_out"] = ["checked_in", "in_house"],
        ["deliver"] = ["shipped", "in_transit", "dispatched"],
        ["enable"] = ["disabled", "inactive"],
        ["publish"] = ["draft", "unpublished"],
        ["refund"] = ["paid", "captured", "settled"],
        ["reopen"] = ["closed", "resolved", "cancelled", "canceled", "completed", "done"],
        ["resume"] = ["paused", "suspended", "frozen", "on_hold"],
        ["unblock"] = ["blocked"],
        ["unfreeze"] = ["frozen", "paused", "suspended"],
        ["unlock"] = ["locked"],
        ["unpublish"] = ["published"],
    };

    /// <summary>The status field of an entity: an enum of its own, or one made from the verbs of its status tools; null if it needs none.</summary>
    public static FieldSpec? Find(string entity, IReadOnlyList<ToolDraft> tools, IEnumerable<FieldSpec> fields)
    {
        var verbs = tools.Where(draft => draft.Operation.Verb is not null).Select(draft => draft.Operation.Verb!)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (verbs.Count == 0)
        {
            return null;
        }

        var field = fields.Where(field => ResultReader.TypeOf(field.Type) == "string" && Words.Tokens(field.Name)[^1] is "status" or "state" or "stage")
            .OrderBy(field => field.Name == "status" ? 0 : field.Name == entity + "_status" ? 1 : 2).FirstOrDefault();
        if (field is not null && FieldSchemas.EnumOf(field.Type).Count > 0)
        {
            return field;
        }

        var values = new[] { "active" }.Concat(verbs.SelectMany(verb => Sources.GetValueOrDefault(verb, []).Take(1)))
            .Concat(verbs.Select(verb => Verbs.StatusesAfter(verb)[0])).Distinct(StringComparer.Ordinal);
        return (field ?? new FieldSpec("status", default, Required: true)) with { Type = FieldSchemas.Words(values), Required = true };
    }

    /// <summary>The transition of a status tool, or null if none of the field's values fits its verb.</summary>
    public static StatusChange? Change(string verb, FieldSpec field)
    {
        var values = FieldSchemas.EnumOf(field.Type);
        var to = Match(verb, values);
        if (to is null)
        {
            return null;
        }

        var from = Sources.TryGetValue(verb, out var sources) ? values.Where(value => sources.Contains(Normal(value))).ToList() : [];
        if (from.Count == 0)
        {
            from = [.. values.Where(value => value != to && !Terminal.Contains(Normal(value)))];
        }

        return from.Count == 0 ? null : new StatusChange(field.Name, to, [.. from.Where(value => value != to).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Whether a status is an end: nothing is expected to come after it.</summary>
    public static bool IsTerminal(string value) => Terminal.Contains(Normal(value));

    /// <summary>The status of a new row.</summary>
    public static string InitialOf(IReadOnlyList<string> values) =>
        Initial.Select(word => values.FirstOrDefault(value => Normal(value) == word)).FirstOrDefault(value => value is not null) ?? values[0];

    private static string? Match(string verb, IReadOnlyList<string> values)
    {
        foreach (var word in Verbs.StatusesAfter(verb))
        {
            if (values.FirstOrDefault(value => Normal(value) == word) is { } exact)
            {
                return exact;
            }
        }

        var stem = verb[..Math.Min(verb.Length, 5)];
        return values.FirstOrDefault(value => Normal(value).StartsWith(stem, StringComparison.Ordinal));
    }

    private static string Normal(string value) => string.Join('_', Words.Tokens(value));
}
