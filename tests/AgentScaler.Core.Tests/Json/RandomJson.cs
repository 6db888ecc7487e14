using System.Globalization;
using System.Text;
using AgentScaler.Determinism;
using AgentScaler.Json;

namespace AgentScaler.Core.Tests.Json;

/// <summary>Random JSON values that can be written in many ways.</summary>
internal sealed class RandomJson(int seed)
{
    private static readonly string[] Texts = ["", "a", "B", "é", "\"\\", "\n\u0001", "10", "9", "日本", "\U0001F600", "\uE000", "__proto__", "tab\t"];
    private static readonly string[] Numbers = ["0", "-0", "1", "-17", "25", "0.1", "1e3", "1E-7", "2.50", "1e16", "12345678901234567890", "1.0", "-2.5e-5", "1e22"];

    private readonly SeededRandom random = Seed.Root(seed).Random();

    /// <summary>A random value as a tree: null, bool, number literal, string, list or sorted map.</summary>
    public object? Value(int depth = 3) => random.Next(depth == 0 ? 4 : 6) switch
    {
        0 => null,
        1 => random.Chance(0.5),
        2 => new Literal(random.Pick(Numbers)),
        3 => random.Pick(Texts),
        4 => Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth - 1)).ToArray(),
        _ => Map(depth),
    };

    /// <summary>The value as text with keys in random order, random white space and random escapes.</summary>
    public string Scramble(object? value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private Dictionary<string, object?> Map(int depth)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = random.Next(5); i > 0; i--)
        {
            map[random.Pick(Texts)] = Value(depth - 1);
        }

        return map;
    }

    private void Append(StringBuilder text, object? value)
    {
        Space(text);
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case Literal number:
                text.Append(number.Text);
                break;
            case string plain:
                AppendText(text, plain);
                break;
            case object?[] items:
                text.Append('[');
                text.AppendJoin(',', items.Select(Scramble));
                text.Append(']');
                break;
            case Dictionary<string, object?> map:
                text.Append('{');
                text.AppendJoin(',', random.Shuffle(map.Keys.Order(StringComparer.Ordinal)).Select(key =>
                {
                    var entry = new StringBuilder();
                    AppendText(entry, key);
                    entry.Append(':');
                    Append(entry, map[key]);
                    return entry.ToString();
                }));
                text.Append('}');
                break;
        }

        Space(text);
    }

    private void AppendText(StringBuilder text, string plain)
    {
        if (random.Chance(0.5))
        {
            CanonicalJson.AppendString(text, plain);
            return;
        }

        text.Append('"');
        foreach (var c in plain)
        {
            text.Append("\\u").Append(((int)c).ToString(random.Chance(0.5) ? "x4" : "X4", CultureInfo.InvariantCulture));
        }

        text.Append('"');
    }

    private void Space(StringBuilder text)
    {
        if (random.Chance(0.2))
        {
            text.Append(random.Pick([" ", "\n", "\t "]));
        }
    }

    private sealed record Literal(string Text);
}
