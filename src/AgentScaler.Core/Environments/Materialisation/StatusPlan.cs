using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Statuses and the transitions between them, read from enums and from the verbs of status tools.</summary>
internal static class StatusPlan
{
    private static readonly string[] Terminal =
    [
        "aborted", "archived", "canceled", "cancelled", "checked_out", "closed", "complete", "completed", "declined", "deleted", "delivered", "done", "ended", "expired", "failed",
        "finished", "hired", "lost", "paid", "refunded", "rejected", "retired", "returned", "reversed", "revoked", "succeeded", "superseded", "terminated", "void", "voided", "waived", "withdrawn",
    ];

    private static readonly string[] Initial =
        ["pending", "open", "new", "draft", "requested", "scheduled", "booked", "reserved", "active", "available", "created", "planned", "submitted", "confirmed"];

    private static readonly string[] Asked = ["pending", "submitted", "requested", "in_review", "under_review", "review", "pending_approval", "awaiting_approval", "waiting", "proposed", "invited", "new", "open", "draft", "created"];

    private static readonly string[] Ahead =
        ["pending", "open", "new", "draft", "requested", "scheduled", "booked", "reserved", "confirmed", "submitted", "created", "planned", "approved", "accepted", "placed", "queued", "processing", "processed",
         "in_progress", "running", "started", "active", "trialing", "past_due", "paused", "on_hold", "unpaid", "unfulfilled", "issued", "waiting", "ready"];

    private static readonly string[] Underway = ["active", "in_progress", "running", "started", "enabled", "playing", "processing", "online", "open"];

    private static readonly string[] Waiting = ["scheduled", "pending", "planned", "not_started", "ready", "queued", "created", "new", "draft", "todo", "to_do", "open", "stopped", "confirmed", "inactive"];

    /// <summary>Verbs that only make sense from certain statuses.</summary>
    private static readonly Dictionary<string, string[]> Sources = new(StringComparer.Ordinal)
    {
        ["accept"] = [.. Asked, "offered", "sent"],
        ["acknowledge"] = ["triggered", "firing", "open", "new", "pending", "unacknowledged"],
        ["activate"] = ["inactive", "pending", "draft", "disabled", "suspended", "new"],
        ["approve"] = Asked,
        ["cancel"] = Ahead,
        ["check_in"] = ["booked", "confirmed", "reserved", "scheduled", "pending"],
        ["check_out"] = ["checked_in", "in_house"],
        ["complete"] = [.. Underway, "started", "confirmed", "approved", "accepted", "scheduled", "pending", "todo", "to_do", "not_started", "needs_action", "incomplete", "on_hold"],
        ["confirm"] = ["pending", "requested", "tentative", "unconfirmed", "draft", "new", "open", "booked", "scheduled"],
        ["decline"] = [.. Asked, "offered", "sent"],
        ["deliver"] = ["shipped", "in_transit", "dispatched"],
        ["dispatch"] = ["packed", "processed", "processing", "confirmed", "paid", "ready", "pending"],
        ["enable"] = ["disabled", "inactive"],
        ["pause"] = Underway,
        ["pay"] = ["unpaid", "open", "pending", "issued", "sent", "due", "overdue", "past_due", "approved", "confirmed"],
        ["publish"] = ["draft", "unpublished", "scheduled", "approved", "private"],
        ["refund"] = ["paid", "captured", "settled", "completed", "succeeded", "delivered", "returned"],
        ["reject"] = Asked,
        ["reopen"] = ["closed", "resolved", "cancelled", "canceled", "completed", "done"],
        ["resolve"] = ["open", "in_progress", "acknowledged", "triggered", "investigating", "pending", "new", "active", "escalated"],
        ["resume"] = ["paused", "suspended", "frozen", "on_hold"],
        ["return"] = ["delivered", "on_loan", "borrowed", "loaned", "checked_out", "rented", "issued", "lent", "shipped", "received", "completed"],
        ["ship"] = ["packed", "paid", "processed", "processing", "confirmed", "ready", "ready_to_ship", "awaiting_shipment", "pending", "unfulfilled", "open"],
        ["start"] = Waiting,
        ["stop"] = [.. Underway, "paused"],
        ["submit"] = ["draft", "new", "open", "created", "not_submitted", "in_progress", "returned", "rejected", "pending"],
        ["suspend"] = Underway,
        ["unblock"] = ["blocked"],
        ["unfreeze"] = ["frozen", "paused", "suspended"],
        ["unlock"] = ["locked"],
        ["unpublish"] = ["published"],
        ["void"] = ["open", "draft", "issued", "unpaid", "sent", "pending", "authorized"],
    };

    /// <summary>Statuses out of which a thing can be put aside though it is at its end.</summary>
    private static readonly string[] Gone = ["archived", "deleted"];

    /// <summary>The status field of an entity: an enum of its own, or one made from the verbs of its status tools; null if it needs none.</summary>
    public static FieldSpec? Find(string entity, IReadOnlyList<ToolDraft> tools, IEnumerable<FieldSpec> fields)
    {
        var verbs = tools.Where(draft => draft.Operation.Verb is not null).Select(draft => draft.Operation.Verb!)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (verbs.Count == 0)
        {
            return null;
        }

        var field = fields.Where(field => ResultReader.TypeOf(field.Type) == "string" && IsNamedSo(field.Name))
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

        var from = Sources.TryGetValue(verb, out var sources) ? values.Where(value => value != to && sources.Contains(Normal(value))).ToList()
            : verb == "archive" ? values.Where(value => value != to && !Gone.Contains(Normal(value))).ToList()
            : [];
        if (from.Count == 0)
        {
            from = [.. values.Where(value => value != to && !Terminal.Contains(Normal(value)))];
        }

        return from.Count == 0 ? null : new StatusChange(field.Name, to, [.. from.Where(value => value != to).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Whether a status is an end: nothing is expected to come after it.</summary>
    public static bool IsTerminal(string value) => Terminal.Contains(Normal(value));

    /// <summary>Whether a status is a beginning: nothing has come before it.</summary>
    public static bool IsInitial(string value) => Normal(value) is "pending" or "open" or "new" or "draft" or "requested" or "created" or "planned" or "scheduled" or "queued" or "not_started";

    /// <summary>Whether a field holds a row's status: one of several words, and called so.</summary>
    public static bool IsStatus(FieldSpec field) => IsNamedSo(field.Name) && FieldSchemas.EnumOf(field.Type).Count > 0;

    /// <summary>The status of a new row.</summary>
    public static string InitialOf(IReadOnlyList<string> values) =>
        Initial.Select(word => values.FirstOrDefault(value => Normal(value) == word)).FirstOrDefault(value => value is not null) ?? values[0];

    private static bool IsNamedSo(string name) => Words.Tokens(name) is [.., "status" or "state" or "stage"];

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
