using System.Text;
using AgentScaler.Determinism;

namespace AgentScaler.Environments.Materialisation.Values;

/// <summary>
/// Texts that match a simple regular expression: literals, classes, groups, alternatives, counted repeats, anchors at the ends. What a pattern makes optional is left out. Assertions,
/// back references and Unicode categories are not read.
/// </summary>
internal sealed class PatternText
{
    /// <summary>Repeats without an upper bound get at most this many more than they need.</summary>
    private const int Spare = 6;

    private const int MostRepeats = 200;

    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    private static readonly string Printable = string.Concat(Enumerable.Range(32, 95).Select(code => (char)code));

    private readonly string pattern;
    private readonly SeededRandom random;
    private int at;

    private PatternText(string pattern, SeededRandom random)
    {
        this.pattern = pattern;
        this.random = random;
    }

    /// <summary>A text for a pattern, or null if the pattern is not one of the simple ones.</summary>
    public static string? Make(string pattern, SeededRandom random)
    {
        var maker = new PatternText(pattern, random);
        var text = new StringBuilder();
        return maker.Alternatives(text) && maker.at == pattern.Length ? text.ToString() : null;
    }

    /// <summary>Writes one of the alternatives up to the end or the closing bracket; false if something is not understood.</summary>
    private bool Alternatives(StringBuilder text)
    {
        var options = new List<string>();
        do
        {
            var option = new StringBuilder();
            if (!Sequence(option))
            {
                return false;
            }

            options.Add(option.ToString());
        }
        while (Take('|'));
        // What only lengthens another alternative is a variant of it: aws-cn of aws.
        text.Append(random.Pick(options.Where(option => !options.Any(other => other.Length > 0 && other.Length < option.Length && option.StartsWith(other, StringComparison.Ordinal))).ToList()));
        return true;
    }

    private bool Sequence(StringBuilder text)
    {
        while (at < pattern.Length && pattern[at] is not ('|' or ')'))
        {
            if (pattern[at] is '^' or '$')
            {
                at++;
                continue;
            }

            var start = at;
            var once = new StringBuilder();
            if (!Atom(once) || Repeats() is not { } repeats)
            {
                return false;
            }

            var end = at;
            var count = repeats.Least == 0 && (repeats.Most == 1 || pattern[start] == '(') ? 0 : random.Between(repeats.Least, repeats.Most);
            for (var i = 0; i < count; i++)
            {
                at = start;
                Atom(text);
            }

            at = end;
        }

        return true;
    }

    private bool Atom(StringBuilder text)
    {
        var c = pattern[at++];
        switch (c)
        {
            case '(':
                if (Take('?') && !Take(':'))
                {
                    return false;
                }

                return Alternatives(text) && Take(')');
            case '[':
                return Class() is { } set && Append(text, set);
            case '\\':
                return at < pattern.Length && Escape(pattern[at++]) is { } escaped && Append(text, escaped);
            case '.':
                return Append(text, Letters);
            case '*' or '+' or '?' or '{' or ']' or '}':
                return false;
            default:
                text.Append(c);
                return true;
        }
    }

    private bool Append(StringBuilder text, string set)
    {
        if (set.Length == 0)
        {
            return false;
        }

        text.Append(set[random.Next(set.Length)]);
        return true;
    }

    /// <summary>The characters an escape stands for; null if it is none of the simple ones.</summary>
    private static string? Escape(char c) => c switch
    {
        'd' => "0123456789",
        'w' => Letters + "0123456789",
        's' => " ",
        'D' or 'S' or 'W' => c == 'W' ? "-" : Letters,
        _ when char.IsAsciiLetterOrDigit(c) => null,
        _ => c.ToString(),
    };

    private string? Class()
    {
        var negated = Take('^');
        var set = new SortedSet<char>();
        for (var first = true; at < pattern.Length && (first || pattern[at] != ']'); first = false)
        {
            if (pattern[at] == '[')
            {
                return null;
            }

            if (ClassItem() is not { } low)
            {
                return null;
            }

            if (low.Length == 1 && at + 1 < pattern.Length && pattern[at] == '-' && pattern[at + 1] != ']')
            {
                at++;
                if (ClassItem() is not { Length: 1 } high || high[0] < low[0] || high[0] > 0x24F)
                {
                    return null;
                }

                low = string.Concat(Enumerable.Range(low[0], high[0] - low[0] + 1).Select(code => (char)code));
            }

            set.UnionWith(low);
        }

        if (!Take(']'))
        {
            return null;
        }

        // Letters and digits first: punctuation is allowed by many patterns and meant by few.
        var allowed = negated ? [.. Printable.Where(c => !set.Contains(c))] : set.ToList();
        var plain = allowed.Where(char.IsAsciiLetterOrDigit).ToList();
        return string.Concat(plain.Count > 0 ? plain : allowed);
    }

    private string? ClassItem()
    {
        var c = pattern[at++];
        return c != '\\' ? c.ToString() : at < pattern.Length ? Escape(pattern[at++]) : null;
    }

    private (int Least, int Most)? Repeats()
    {
        (int Least, int Most)? repeats = (1, 1);
        if (Take('*'))
        {
            repeats = (0, Spare);
        }
        else if (Take('+'))
        {
            repeats = (1, Spare);
        }
        else if (Take('?'))
        {
            repeats = (0, 1);
        }
        else if (Take('{'))
        {
            var close = pattern.IndexOf('}', at);
            var bounds = close < 0 ? [] : pattern[at..close].Split(',');
            repeats = bounds.Length is 1 or 2 && int.TryParse(bounds[0], out var least) && least is >= 0 and <= MostRepeats
                ? bounds.Length == 1 ? (least, least)
                    : bounds[1].Length == 0 ? (least, least + Spare)
                    : int.TryParse(bounds[1], out var most) && most >= least ? (least, Math.Min(most, least + Spare)) : null
                : null;
            at = close < 0 ? at : close + 1;
        }

        Take('?');
        return repeats;
    }

    private bool Take(char c)
    {
        if (at >= pattern.Length || pattern[at] != c)
        {
            return false;
        }

        at++;
        return true;
    }
}
