using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>The verbs of tool names: which operation they mean and, for transitions, the status they lead to.</summary>
internal static class Verbs
{
    private static readonly Dictionary<string, OperationKind> Kinds = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, string[]> Statuses = new(StringComparer.Ordinal)
    {
        ["accept"] = ["accepted"],
        ["acknowledge"] = ["acknowledged"],
        ["activate"] = ["active", "activated", "enabled"],
        ["approve"] = ["approved"],
        ["archive"] = ["archived"],
        ["block"] = ["blocked"],
        ["cancel"] = ["cancelled", "canceled"],
        ["check_in"] = ["checked_in", "in_house", "in_progress"],
        ["check_out"] = ["checked_out"],
        ["close"] = ["closed"],
        ["complete"] = ["completed", "complete", "done"],
        ["confirm"] = ["confirmed"],
        ["deactivate"] = ["inactive", "deactivated", "disabled"],
        ["decline"] = ["declined", "rejected"],
        ["deliver"] = ["delivered"],
        ["disable"] = ["disabled", "inactive"],
        ["dispatch"] = ["dispatched", "shipped"],
        ["enable"] = ["enabled", "active"],
        ["escalate"] = ["escalated"],
        ["finish"] = ["finished", "completed"],
        ["freeze"] = ["frozen", "suspended", "paused"],
        ["hold"] = ["on_hold", "held"],
        ["lock"] = ["locked"],
        ["pause"] = ["paused"],
        ["pay"] = ["paid"],
        ["publish"] = ["published"],
        ["receive"] = ["received"],
        ["refund"] = ["refunded"],
        ["reject"] = ["rejected"],
        ["release"] = ["released", "available"],
        ["reopen"] = ["open", "reopened"],
        ["resolve"] = ["resolved"],
        ["resume"] = ["active", "in_progress", "running"],
        ["retire"] = ["retired"],
        ["return"] = ["returned"],
        ["revoke"] = ["revoked"],
        ["ship"] = ["shipped"],
        ["start"] = ["in_progress", "started", "active", "running"],
        ["stop"] = ["stopped"],
        ["submit"] = ["submitted", "pending_review", "in_review", "under_review", "pending"],
        ["suspend"] = ["suspended"],
        ["terminate"] = ["terminated", "ended"],
        ["unblock"] = ["active", "unblocked"],
        ["unfreeze"] = ["active"],
        ["unlock"] = ["unlocked", "active"],
        ["unpublish"] = ["draft", "unpublished"],
        ["verify"] = ["verified"],
        ["void"] = ["voided", "void"],
        ["waive"] = ["waived"],
        ["withdraw"] = ["withdrawn"],
    };

    static Verbs()
    {
        Add(OperationKind.Get, "get", "fetch", "retrieve", "show", "read", "view", "describe", "lookup");
        Add(OperationKind.List, "list", "browse", "enumerate", "index");
        Add(OperationKind.Search, "search", "find", "query", "filter");
        Add(OperationKind.Create, "create", "add", "book", "schedule", "register", "open", "new", "insert", "place", "make", "issue", "file",
            "submit", "enroll", "post", "send", "log", "record", "reserve", "request", "order", "buy", "borrow", "import", "attach", "associate", "invite", "link", "upload");
        Add(OperationKind.Update, "update", "modify", "edit", "change", "set", "adjust", "reschedule", "rename", "assign", "move", "extend", "patch",
            "put", "replace", "amend", "renew", "transfer", "upgrade", "downgrade", "correct", "upsert");
        Add(OperationKind.Delete, "delete", "remove", "destroy", "erase", "drop");
        foreach (var verb in Statuses.Keys)
        {
            Kinds.TryAdd(verb, OperationKind.Status);
        }
    }

    /// <summary>Reads the verb at the front of a name's tokens.</summary>
    /// <returns>The operation, the verb and how many tokens it takes; null if the name begins with no known verb.</returns>
    public static (OperationKind Kind, string Verb, int Tokens)? Read(IReadOnlyList<string> tokens)
    {
        if (tokens.Count > 1 && Kinds.TryGetValue(tokens[0] + "_" + tokens[1], out var two))
        {
            return (two, tokens[0] + "_" + tokens[1], 2);
        }

        return tokens.Count > 0 && Kinds.TryGetValue(tokens[0], out var one) ? (one, tokens[0], 1) : null;
    }

    /// <summary>Whether a word can only be a verb, so that it tells the operation wherever in a name it stands.</summary>
    public static bool IsPlain(string word) => word is "get" or "fetch" or "retrieve" or "list" or "search" or "find" or "create" or "add" or "update"
        or "edit" or "set" or "delete" or "remove" or "send" or "cancel" or "describe" or "modify";

    /// <summary>Whether a word tells that something is done of which the rows keep no trace.</summary>
    public static bool IsAction(string word) => word != "review" && word.StartsWith("re", StringComparison.Ordinal) && Words.IsVerb(word[2..])
        || word is "rebuild" or "reboot" or "recalculate" or "initiate" or "retry" or "resend" or "undo" or "redo" or "shutdown" or "boot" or "simulate"
            or "suggest" or "generate" or "calculate" or "compute" or "check" or "validate" or "test" or "export" or "sync" or "estimate" or "preview" or "convert"
            or "analyze" or "detect" or "translate" or "compare" or "predict";

    /// <summary>Whether a verb undoes a link between two things: both stay.</summary>
    public static bool Unlinks(string verb) => verb is "remove" or "delete" or "detach" or "disassociate" or "dissociate" or "unassign" or "unlink" or "unenroll" or "disconnect";

    /// <summary>Whether words say that a thing is made or changed, whichever is needed: <c>upsert</c>, <c>create or update</c>.</summary>
    public static bool MakesOrChanges(IReadOnlyList<string> words) => words.Contains("upsert") || Enumerable.Range(0, Math.Max(0, words.Count - 2)).Any(i =>
        words[i + 1] == "or" && (words[i], words[i + 2]) is ("create" or "add" or "insert", "update" or "replace" or "set" or "modify") or ("update" or "replace" or "set", "create" or "add" or "insert"));

    /// <summary>Whether a verb leads to a status where it is said of one thing that is there: an order is submitted, a form too.</summary>
    public static bool IsTransition(string verb) => Statuses.ContainsKey(verb);

    /// <summary>The status values a transition may lead to, likeliest first; empty for any other verb.</summary>
    public static IReadOnlyList<string> StatusesAfter(string verb) => Statuses.GetValueOrDefault(verb) ?? [];

    private static void Add(OperationKind kind, params string[] verbs)
    {
        foreach (var verb in verbs)
        {
            Kinds.Add(verb, kind);
        }
    }
}
