using System.Globalization;
using System.Text;
using AgentScaler.Determinism;

namespace AgentScaler.Tools.Screening;

/// <summary>Callable names: <c>[a-z][a-z0-9_]{2,63}</c>.</summary>
internal static class ToolName
{
    private const int MinimumLength = 3;
    private const int MaximumLength = 64;

    /// <summary>Latin letters with marks from U+00C0 on, folded to ASCII, as the invariant culture can't decompose them; a space keeps none.</summary>
    private const string Folded = "AAAAAAACEEEEIIIIDNOOOOO OUUUUYTsaaaaaaaceeeeiiiidnooooo ouuuuyty";

    /// <summary>A callable name made of another name, or null if nothing usable remains, or letters would be lost that ASCII has no like of.</summary>
    public static string? Callable(string name)
    {
        if (IsCallable(name))
        {
            return name;
        }

        if (IsForeign(name))
        {
            return null;
        }

        var words = string.Join('_', Tokens(name));
        if (words.Length > 0 && char.IsAsciiDigit(words[0]))
        {
            words = "tool_" + words;
        }

        words = Cut(words, MaximumLength);
        return words.Length < MinimumLength ? null : words;
    }

    /// <summary>
    /// A callable name for one in another script, or null if it is none: what ASCII it has, or <c>tool</c>, and the start of its hash, by which
    /// different names stay different.
    /// </summary>
    public static string? Stand(string name)
    {
        if (!IsForeign(name))
        {
            return null;
        }

        var words = string.Join('_', Tokens(name));
        var start = words.Length < MinimumLength ? "tool" : char.IsAsciiDigit(words[0]) ? "tool_" + words : words;
        return Cut(start, MaximumLength - 9) + "_" + Sha256Text.Of(Encoding.UTF8.GetBytes(name))[..8];
    }

    /// <summary>The first free name among a name, name_2, name_3, ...; it is taken then.</summary>
    public static string Unique(string name, ISet<string> taken)
    {
        var candidate = name;
        for (var n = 2; !taken.Add(candidate); n++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $"_{n}");
            candidate = Cut(name, MaximumLength - suffix.Length) + suffix;
        }

        return candidate;
    }

    /// <summary>The words of a name in lower case: split at anything but letters and digits, and where a capital begins a word.</summary>
    public static IReadOnlyList<string> Tokens(string name)
    {
        var tokens = new List<string>();
        var word = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var c = Fold(name[i]);
            if (char.IsAsciiLetterUpper(c) && word.Length > 0
                && (!char.IsAsciiLetterUpper(Fold(name[i - 1])) || (i + 1 < name.Length && char.IsAsciiLetterLower(Fold(name[i + 1])))))
            {
                End();
            }

            if (char.IsAsciiLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
            }
            else
            {
                End();
            }
        }

        End();
        return tokens;

        void End()
        {
            if (word.Length > 0)
            {
                tokens.Add(word.ToString());
                word.Clear();
            }
        }
    }

    /// <summary>A name for an operation that has none: <c>GET /books/{id}</c> is <c>get_books_by_id</c>.</summary>
    public static string OfRoute(string method, string path)
    {
        var name = new StringBuilder(method.ToLowerInvariant());
        foreach (var piece in path.Split(['/', '?', '#', '&'], StringSplitOptions.RemoveEmptyEntries))
        {
            name.Append('_').Append(piece.Replace("{", "_by_", StringComparison.Ordinal));
        }

        return name.ToString();
    }

    /// <summary>What name and route of an operation say in words: <c>getBookById</c> is <c>Get book by id</c>.</summary>
    public static IEnumerable<string> Phrases(string? name, string route) =>
        from text in (string?[])[name, route]
        where text is not null
        let words = string.Join(' ', Tokens(text))
        where words.Length > 0
        select char.ToUpperInvariant(words[0]) + words[1..];

    private static bool IsCallable(string name) =>
        name.Length is >= MinimumLength and <= MaximumLength
        && char.IsAsciiLetterLower(name[0])
        && !name.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789_");

    private static bool IsForeign(string name) => name.Any(c => char.IsLetter(c) && !char.IsAsciiLetter(Fold(c)));

    private static char Fold(char c) => c is >= '\u00c0' and <= '\u00ff' ? Folded[c - '\u00c0'] : c;

    /// <summary>The leading part of a name, whole words if they make at least half of it.</summary>
    private static string Cut(string name, int length)
    {
        if (name.Length <= length)
        {
            return name;
        }

        var end = name.LastIndexOf('_', length);
        return name[..(end > length / 2 ? end : length)];
    }
}
