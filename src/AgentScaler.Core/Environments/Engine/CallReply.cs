using System.Globalization;
using System.Text.Json;

namespace AgentScaler.Environments.Engine;

/// <summary>An isolate's answer, read from its one text; see <c>call</c> in runtime.js.</summary>
internal readonly struct CallReply
{
    private const char Separator = '\u0001';
    private const char SameAsResult = '=';

    private readonly string text;
    private readonly int rest;

    /// <summary>Reads an answer of kind R, W, E or F.</summary>
    public CallReply(string text)
    {
        this.text = text;
        IsError = text[0] is 'E' or 'F';
        HasChanges = text[0] is 'W' or 'F';
        rest = Next(1);
        Content = text[1..rest];
        if (IsError)
        {
            var code = rest + 1;
            rest = Next(code);
            ErrorCode = text[code..rest];
        }
    }

    /// <summary>The result, or the error as JSON.</summary>
    public string Content { get; }

    /// <summary>Whether the program threw.</summary>
    public bool IsError { get; }

    /// <summary>The error's code, or null.</summary>
    public string? ErrorCode { get; }

    /// <summary>Whether rows were written and stay written.</summary>
    public bool HasChanges { get; }

    /// <summary>The collections in which ids were generated.</summary>
    public IReadOnlyList<int> IssuedIn
    {
        get
        {
            var list = text.AsSpan((rest + 1)..Next(rest + 1));
            var issued = new List<int>();
            foreach (var part in list.Split(','))
            {
                if (!list[part].IsEmpty)
                {
                    issued.Add(int.Parse(list[part], CultureInfo.InvariantCulture));
                }
            }

            return issued;
        }
    }

    /// <summary>The changed rows.</summary>
    public IEnumerable<WrittenRow> Changes
    {
        get
        {
            for (var at = Next(rest + 1); at < text.Length;)
            {
                var key = Next(at + 1);
                var row = Next(key + 1);
                var end = Next(row + 1);
                var canonical = text[key - 1] == 'c';
                yield return new WrittenRow(
                    int.Parse(text.AsSpan((at + 1)..(canonical ? key - 1 : key)), CultureInfo.InvariantCulture),
                    Text(text.AsSpan((key + 1)..row)),
                    end == row + 1 ? null : text[row + 1] == SameAsResult ? Content : text[(row + 1)..end],
                    canonical);
                at = end;
            }
        }
    }

    private static string Text(ReadOnlySpan<char> literal) =>
        literal.Contains('\\') ? JsonSerializer.Deserialize<string>(literal)! : literal[1..^1].ToString();

    private int Next(int from)
    {
        var at = text.IndexOf(Separator, from);
        return at < 0 ? text.Length : at;
    }
}
