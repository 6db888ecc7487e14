using System.Collections.Frozen;

namespace AgentScaler.Tools;

/// <summary>
/// Reads identifiers as English: <c>getOrderItems</c> is <c>get</c>, <c>order</c>, <c>items</c>; <c>items</c> is the plural of <c>item</c>.
/// Rules with short lists of exceptions, chosen for the nouns of API catalogues; no dictionary, no culture.
/// </summary>
public static class Words
{
    /// <summary>Forms no rule gives, singular and plural.</summary>
    private static readonly (string Singular, string Plural)[] Irregular =
    [
        ("person", "people"), ("child", "children"), ("man", "men"), ("woman", "women"), ("foot", "feet"), ("tooth", "teeth"),
        ("goose", "geese"),
        ("mouse", "mice"), ("criterion", "criteria"), ("phenomenon", "phenomena"), ("index", "indices"), ("index", "indexes"),
        ("matrix", "matrices"), ("matrix", "matrixes"), ("vertex", "vertices"), ("appendix", "appendices"), ("axis", "axes"),
        ("analysis", "analyses"),
        ("crisis", "crises"), ("diagnosis", "diagnoses"), ("prognosis", "prognoses"), ("hypothesis", "hypotheses"),
        ("thesis", "theses"), ("synthesis", "syntheses"), ("parenthesis", "parentheses"), ("synopsis", "synopses"), ("oasis", "oases"),
        ("bus", "buses"), ("gas", "gases"), ("lens", "lenses"), ("alias", "aliases"), ("canvas", "canvases"), ("atlas", "atlases"),
        ("bias", "biases"),
        ("iris", "irises"), ("tennis", "tennis"), ("quiz", "quizzes"), ("leaf", "leaves"), ("life", "lives"), ("knife", "knives"),
        ("wife", "wives"),
        ("half", "halves"), ("shelf", "shelves"), ("calf", "calves"), ("loaf", "loaves"), ("thief", "thieves"), ("wolf", "wolves"),
        ("self", "selves"),
        ("scarf", "scarves"), ("bookshelf", "bookshelves"), ("use", "uses"), ("excuse", "excuses"), ("muse", "muses"), ("fuse", "fuses"),
        ("movie", "movies"), ("cookie", "cookies"), ("calorie", "calories"), ("tie", "ties"), ("pie", "pies"), ("lie", "lies"),
        ("selfie", "selfies"),
        ("zombie", "zombies"), ("rookie", "rookies"), ("hoodie", "hoodies"), ("genie", "genies"), ("smoothie", "smoothies"),
        ("freebie", "freebies"),
        ("brownie", "brownies"), ("shoe", "shoes"), ("toe", "toes"), ("canoe", "canoes"), ("foe", "foes"), ("hero", "heroes"),
        ("potato", "potatoes"),
        ("tomato", "tomatoes"), ("echo", "echoes"), ("veto", "vetoes"), ("cargo", "cargoes"), ("cache", "caches"), ("niche", "niches"),
        ("ache", "aches"), ("headache", "headaches"), ("api", "apis"), ("uri", "uris"), ("kpi", "kpis"), ("gui", "guis"), ("cli", "clis"),
        ("taxi", "taxis"), ("emoji", "emojis"), ("menu", "menus"), ("sku", "skus"), ("cpu", "cpus"), ("gpu", "gpus"), ("guru", "gurus"),
        ("submenu", "submenus"), ("id", "ids"), ("os", "oses"), ("yes", "yeses"),
    ];

    /// <summary>Nouns whose plural looks the same, that have none, or that only look plural.</summary>
    private static readonly (string Full, string Cut)[] CutShort =
    [
        ("application", "app"), ("organization", "org"), ("organisation", "org"), ("repository", "repo"), ("environment", "env"), ("configuration", "config"), ("document", "doc"), ("database", "db"),
        ("message", "msg"), ("image", "img"), ("department", "dept"), ("address", "addr"), ("language", "lang"), ("transaction", "txn"), ("specification", "spec"), ("administrator", "admin"), ("certificate", "cert"),
        ("subscription", "sub"), ("reference", "ref"), ("advertisement", "ad"),
    ];

    private static readonly FrozenSet<string> Invariant = FrozenSet.Create(
        StringComparer.Ordinal,
        "series", "species", "news", "data", "metadata", "media", "information", "info", "equipment", "software", "hardware", "firmware",
        "feedback",
        "sms", "mms", "dns", "gps", "aws", "ios", "css", "https", "tls", "rss", "sas", "saas", "paas", "iaas", "ms", "vps", "nfs", "cors",
        "kms", "sns",
        "sqs", "ecs", "eks", "rds", "ips", "pos", "its", "this", "has", "was", "is", "as", "us", "vs", "always", "perhaps", "plus", "minus",
        "versus",
        "mathematics", "physics", "economics", "electronics", "logistics", "analytics", "diagnostics", "genetics", "robotics", "graphics",
        "athletics",
        "sports", "aircraft", "sheep", "fish", "deer", "means", "headquarters", "chess", "kubernetes", "postgres", "redis", "paris",
        "texas");

    private static readonly FrozenDictionary<string, string> SingularOf = Irregular
        .DistinctBy(pair => pair.Plural, StringComparer.Ordinal)
        .ToFrozenDictionary(pair => pair.Plural, pair => pair.Singular, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> PluralOf = Irregular
        .DistinctBy(pair => pair.Singular, StringComparer.Ordinal)
        .ToFrozenDictionary(pair => pair.Singular, pair => pair.Plural, StringComparer.Ordinal);

    /// <summary>What operations do. Words that are nouns as often (order, report, check) are verbs only in front of a name.</summary>
    private static readonly FrozenSet<string> Verbs = FrozenSet.Create(
        StringComparer.Ordinal,
        "get", "list", "search", "find", "create", "update", "delete", "remove", "add", "set", "fetch", "retrieve", "read", "write", "put",
        "post", "patch",
        "query", "lookup", "look", "show", "view", "describe", "insert", "upsert", "save", "store", "edit", "modify", "change", "replace",
        "rename", "move",
        "copy", "clone", "duplicate", "merge", "split", "send", "receive", "submit", "cancel", "close", "open", "reopen", "start", "stop",
        "pause",
        "resume", "restart", "run", "execute", "invoke", "trigger", "enable", "disable", "activate", "deactivate", "approve", "reject",
        "decline",
        "accept", "confirm", "verify", "validate", "check", "assign", "unassign", "attach", "detach", "link", "unlink", "bind", "unbind",
        "connect",
        "disconnect", "join", "leave", "invite", "subscribe", "unsubscribe", "follow", "unfollow", "like", "unlike", "register",
        "unregister", "enroll",
        "login", "logout", "authenticate", "authorize", "revoke", "grant", "renew", "refresh", "reset", "restore", "archive", "unarchive",
        "publish",
        "unpublish", "upload", "download", "import", "export", "generate", "compute", "calculate", "estimate", "convert", "transform",
        "translate",
        "parse", "render", "preview", "count", "sort", "filter", "browse", "select", "choose", "pick", "book", "reserve", "schedule",
        "reschedule",
        "order", "buy", "purchase", "sell", "pay", "refund", "charge", "capture", "void", "transfer", "deposit", "withdraw", "issue",
        "return", "lend",
        "borrow", "rent", "ship", "deliver", "track", "admit", "discharge", "prescribe", "log", "record", "report", "mark", "flag", "tag",
        "untag", "rate", "review", "vote", "complete", "finish", "finalize", "process", "apply", "claim", "release", "lock", "unlock",
        "block", "unblock",
        "mute", "unmute", "hide", "unhide", "pin", "unpin", "star", "unstar", "watch", "unwatch", "notify", "alert", "request", "ask",
        "answer", "reply",
        "resolve", "escalate", "acknowledge", "dismiss", "ignore", "sync", "test", "ping", "is", "has", "can", "do", "make", "build",
        "deploy",
        "provision", "install", "uninstall", "configure", "initialize", "init", "load", "unload", "fill", "empty", "clear", "purge",
        "prune", "flush",
        "suspend", "terminate", "end", "begin", "extend", "adjust", "increase", "decrease", "allocate", "deallocate", "associate",
        "disassociate",
        "encode", "decode", "encrypt", "decrypt", "sign", "compare", "analyze", "detect", "recognize", "classify", "predict", "recommend",
        "suggest",
        "use", "call", "play", "give", "take", "bulk", "batch");

    /// <summary>
    /// The words of an identifier or text, lower-case, in order: split at anything that is no letter or digit, at camel case (an acronym
    /// ends before
    /// the capital that starts the next word; <c>userIDs</c> is <c>user</c>, <c>ids</c>) and between letters and digits.
    /// </summary>
    public static IReadOnlyList<string> Tokens(string identifier)
    {
        var tokens = new List<string>();
        var start = 0;
        for (var i = 0; i <= identifier.Length; i++)
        {
            if (i < identifier.Length && char.IsLetterOrDigit(identifier[i]) && (i == start || !IsBoundary(identifier, i)))
            {
                continue;
            }

            if (i > start)
            {
                tokens.Add(identifier[start..i].ToLowerInvariant());
            }

            start = i < identifier.Length && char.IsLetterOrDigit(identifier[i]) ? i : i + 1;
        }

        return tokens;
    }

    /// <summary>The words of an identifier as they are said, letters and digits of one sign together: <c>i18nRegions</c> is "i18n regions", <c>s3Key</c> "s3 key".</summary>
    public static string Spoken(string identifier)
    {
        var tokens = Tokens(identifier);
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < tokens.Count; i++)
        {
            var joins = i > 0 && ((char.IsDigit(tokens[i][0]) && tokens[i - 1].Length == 1 && char.IsLetter(tokens[i - 1][0]))
                || (tokens[i].Length == 1 && char.IsLetter(tokens[i][0]) && char.IsDigit(tokens[i - 1][0]) && i > 1 && tokens[i - 2].Length == 1));
            text.Append(i == 0 || joins ? "" : " ").Append(tokens[i]);
        }

        return text.ToString();
    }

    /// <summary>The singular of a lower-case noun; of <c>order_items</c> that of its last word. What is no plural stays as it is.</summary>
    public static string Singular(string noun)
    {
        var head = Head(noun);
        var word = noun[head..];
        return noun[..head] + (
            SingularOf.TryGetValue(word, out var singular) ? singular
            : PluralOf.ContainsKey(word) || Invariant.Contains(word) || word.Length < 3 || word[^1] != 's' ? word
            : Ends(word, "ss", "us", "is") ? word
            : Ends(word, "ies") && word.Length > 4 ? word[..^3] + "y"
            : Ends(word, "uses") && !Ends(word, "ouses", "auses") ? word[..^2]
            : Ends(word, "sses", "xes", "ches", "shes", "zzes") ? word[..^2]
            : word[..^1]);
    }

    /// <summary>
    /// The plural of a lower-case noun; of <c>order_item</c> that of its last word. What is a plural already stays as it is.
    /// </summary>
    public static string Plural(string noun)
    {
        var head = Head(noun);
        var word = Singular(noun[head..]);
        return noun[..head] + (
            PluralOf.TryGetValue(word, out var plural) ? plural
            : Invariant.Contains(word) || word.Length == 0 || !char.IsLetter(word[^1]) ? word
            : word.Length > 1 && word[^1] == 'y' && !IsVowel(word[^2]) ? word[..^1] + "ies"
            : Ends(word, "sis") ? word[..^2] + "es"
            : Ends(word, "s", "x", "z", "ch", "sh") ? word + "es"
            : word + "s");
    }

    /// <summary>
    /// The names under which the same thing goes: a noun itself, then with its last word cut short as programmers do, or in full: <c>application</c> is <c>app</c> too.
    /// </summary>
    public static IEnumerable<string> Names(string noun)
    {
        yield return noun;
        var head = Head(noun);
        foreach (var (full, cut) in CutShort)
        {
            if (noun.AsSpan(head).SequenceEqual(full) || noun.AsSpan(head).SequenceEqual(cut))
            {
                yield return noun[..head] + (noun.AsSpan(head).SequenceEqual(full) ? cut : full);
            }
        }
    }

    /// <summary>
    /// Whether a lower-case word is a verb of operations; some (<c>order</c>, <c>report</c>) are nouns too, so the place in the name
    /// decides.
    /// </summary>
    public static bool IsVerb(string word) => Verbs.Contains(word);

    /// <summary>
    /// What an operation's name talks about: its words without the verb in front, in the singular, without numbers and small words.
    /// <c>list_order_items</c>: <c>order</c>, <c>item</c>. A name of one word is that word.
    /// </summary>
    public static IReadOnlyList<string> Nouns(string name)
    {
        // Only what stands in front is the verb: in "list_order_items" the second word is a noun, though "order" alone could be a verb.
        var tokens = Tokens(name);
        var start = tokens.Count > 2 && tokens[0] is "bulk" or "batch" && IsVerb(tokens[1]) ? 2 : tokens.Count > 1 && IsVerb(tokens[0]) ? 1 : 0;
        var nouns = new List<string>();
        for (var i = start; i < tokens.Count; i++)
        {
            if (tokens[i].Length > 1 && !char.IsDigit(tokens[i][0]) && !IsSmallWord(tokens[i]))
            {
                nouns.Add(Singular(tokens[i]));
            }
        }

        return nouns;
    }

    /// <summary>Prepositions, articles and conjunctions of English names.</summary>
    public static bool IsSmallWord(string word) => word is
        "a" or "an" or "the" or "of" or "by" or "for" or "to" or "from" or "in" or "on" or "at" or "with" or "without" or "and" or "or" or "as" or "is"
        or "it" or "its" or "all" or "any" or "me" or "my" or "this" or "that" or "into" or "via" or "per" or "be" or "are" or "if" or "not";

    /// <summary>Where the last word of a compound starts.</summary>
    private static int Head(string noun) => noun.LastIndexOfAny(['_', '-', ' ', '.', '/']) + 1;

    private static bool Ends(string word, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u';

    /// <summary>Whether a word starts at a letter or digit whose predecessor is one too.</summary>
    private static bool IsBoundary(string text, int i)
    {
        char before = text[i - 1], here = text[i];
        if (!char.IsLetterOrDigit(before))
        {
            return true;
        }

        if (char.IsDigit(before) != char.IsDigit(here))
        {
            return true;
        }

        if (char.IsUpper(here))
        {
            var isAcronymEnd = i + 1 < text.Length && char.IsLower(text[i + 1]) && !IsPluralOfAcronym(text, i + 1);
            return char.IsLower(before) || (char.IsUpper(before) && isAcronymEnd);
        }

        return false;
    }

    /// <summary>Whether the lower-case letter at this place is the <c>s</c> of <c>IDs</c> or <c>URLs</c>.</summary>
    private static bool IsPluralOfAcronym(string text, int i) => text[i] == 's' && (i + 1 == text.Length || !char.IsLower(text[i + 1]));
}
