using AgentScaler.Determinism;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation.Values;

/// <summary>Short sensible names, titles and sentences about an entity, from a small grammar over its words.</summary>
internal static class Prose
{
    private static readonly string[] Areas =
    [
        "billing", "checkout", "search", "reporting", "onboarding", "inventory", "payments", "catalogue", "support", "shipping", "analytics", "payroll", "marketing",
        "mobile", "website", "training", "archive", "partner", "customer", "security", "research", "logistics", "planning", "finance",
    ];

    private static readonly string[] Qualifiers =
    [
        "main", "backup", "internal", "public", "regional", "staging", "spare", "seasonal", "central", "northern", "southern", "shared", "standard", "extended",
        "interim", "annual", "weekly", "evening", "legacy", "pilot", "priority", "joint", "field", "guest",
    ];

    private static readonly string[] Occasions =
    [
        "Quarterly review", "Kick-off meeting", "Budget planning", "Spring campaign", "Customer survey", "Release checklist", "Team handover", "Supplier audit",
        "Annual report", "Office move", "Product launch", "Website refresh", "Safety briefing", "Data migration", "Hiring plan", "Price update", "Service outage",
        "Storage upgrade", "Holiday schedule", "Contract renewal", "Training day", "Stock count", "Press release", "Interview notes",
    ];

    private static readonly string[] Audiences =
    [
        "the sales team", "new hires", "the north office", "key accounts", "the web shop", "the second quarter", "the summer season", "partners", "the warehouse",
        "the support desk", "returning customers", "the board", "the mobile app", "local schools", "the downtown branch", "the pilot group",
    ];

    private static readonly string[] Remarks =
    [
        "Please check it before the end of the month.", "No further action is needed for now.", "Agreed with the customer by phone.", "The previous one was out of date.",
        "To be reviewed after the first two weeks.", "Replaces the version from last year.", "Ask the owner before making changes.", "Keep it until the audit is over.",
        "The numbers were confirmed twice.", "Waiting for a reply from the supplier.",
    ];

    private static readonly FrozenWords Technical = new(
        "instance", "disk", "server", "bucket", "cluster", "network", "rule", "policy", "job", "volume", "snapshot", "key", "zone", "domain", "pool", "function",
        "pipeline", "queue", "database", "table", "image", "container", "group", "template", "app", "environment", "service", "gateway", "certificate", "subnet", "repository",
        "branch", "deployment", "webhook", "endpoint", "token", "node", "host", "workspace", "namespace", "secret", "connector", "schema", "index", "stream", "vault",
        "machine", "vm", "backend", "proxy", "firewall", "route", "router", "registry", "credential", "integration", "device", "sensor", "metric", "alert", "monitor");

    private static readonly FrozenWords Written = new(
        "article", "post", "issue", "ticket", "task", "note", "event", "document", "report", "message", "email", "survey", "course", "campaign", "page", "meeting", "comment",
        "question", "project", "story", "topic", "discussion", "thread", "announcement", "newsletter", "proposal", "request", "case", "form", "reminder", "todo", "video",
        "presentation", "file", "folder", "lesson", "webinar", "incident", "appointment", "milestone", "conversation", "review", "blog", "notification");

    /// <summary>Whether an entity or field is of the kind that engineers give short lower-case names.</summary>
    public static bool IsTechnical(string entity) => Technical.Has(entity);

    /// <summary>A name or title of a thing.</summary>
    public static string Title(string entity, SeededRandom random)
    {
        var noun = Noun(entity);
        if (Technical.Has(entity))
        {
            return $"{random.Pick(Areas)}-{random.Pick(Qualifiers)}-{noun.Replace(' ', '-')}";
        }

        if (Written.Has(entity))
        {
            return $"{random.Pick(Occasions)} for {random.Pick(Audiences)}";
        }

        return Capital($"{random.Pick(Qualifiers)} {random.Pick(Areas)} {noun}");
    }

    /// <summary>One or two sentences about a thing.</summary>
    public static string Sentence(string entity, SeededRandom random)
    {
        var noun = Noun(entity);
        var first = random.Next(4) switch
        {
            0 => $"{Capital(Article(noun))} for {random.Pick(Audiences)}.",
            1 => $"Used by {random.Pick(Audiences)} for {random.Pick(Areas)}.",
            2 => $"{Capital(random.Pick(Qualifiers))} {noun} of the {random.Pick(Areas)} team.",
            _ => $"Set up for {random.Pick(Audiences)}, together with {random.Pick(Areas)}.",
        };
        return random.Chance(0.4) ? $"{first} {random.Pick(Remarks)}" : first;
    }

    /// <summary>What somebody remarks.</summary>
    public static string Remark(SeededRandom random) => random.Pick(Remarks);

    /// <summary>An area of work in one word.</summary>
    public static string Area(SeededRandom random) => random.Pick(Areas);

    /// <summary>The last one or two words of an entity, as they are spoken.</summary>
    private static string Noun(string entity) => string.Join(' ', Words.Tokens(entity).Where(word => !char.IsDigit(word[0])).TakeLast(2)) is { Length: > 0 } noun ? noun : "item";

    private static string Article(string noun) => (noun[0] is 'a' or 'e' or 'i' or 'o' ? "an " : "a ") + noun;

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private sealed class FrozenWords(params string[] words)
    {
        private readonly HashSet<string> words = new(words, StringComparer.Ordinal);

        public bool Has(string entity) => Words.Tokens(entity).Reverse().Take(1).Any(word => words.Contains(Words.Singular(word)));
    }
}
