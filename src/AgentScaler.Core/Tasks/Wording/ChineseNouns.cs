using System.Text;
using AgentScaler.Environments.Materialisation.Values;
using AgentScaler.Tools;

namespace AgentScaler.Tasks.Wording;

/// <summary>
/// Names of things and fields in Chinese, composed from the words of <see cref="ChineseGlossary"/>: <c>order items</c> is 订单项目, <c>number of guests</c> 客人数量; <c>paid at</c>, whose
/// first word is not there, stays as it is. A name whose last word is unknown stays English; of one whose last word is known unknown words before it do (<c>loyalty tier</c>).
/// </summary>
internal static class ChineseNouns
{
    /// <summary>The name in Chinese.</summary>
    /// <param name="english">Its words, in lower case, with spaces between them.</param>
    public static string Of(string english)
    {
        var words = english.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        return (words switch
        {
            ["is" or "has", .. var what] when what.Count > 0 => After("是否", Head(what)),
            ["number" or "count", "of", .. var what] when what.Count > 0 => Before(Head(what), "数量"),
            ["id" or "ids", "of", .. var what] when what.Count > 0 => Before(Head(what), "编号"),
            [.. var what, "start" or "starts"] when what.Count > 0 && Whole(words) is null => Before(Head(what), "开始时间"),
            [.. var what, "end" or "ends"] when what.Count > 0 && Whole(words) is null => Before(Head(what), "结束时间"),
            [.. var what, "name"] when what.Count > 0 && Whole(words) is null && Subject.IsPerson(what[^1]) => Before(Head(what), "姓名"),
            [.. var what, "at"] when what.Count > 0 && Whole(words) is null => Before(Head(what), "时间"),
            [.. var what, "on"] when what.Count > 0 && Whole(words) is null => Before(Head(what), "日期"),
            _ when words.IndexOf("of") is > 0 and var of && of < words.Count - 1 => Joined(Head(words[(of + 1)..]), Head(words[..of])),
            _ => Head(words),
        }) ?? english;
    }

    /// <summary>Words of which the last is known; null for others.</summary>
    private static string? Head(IReadOnlyList<string> words)
    {
        var text = new StringBuilder();
        var isKnown = false;
        for (var at = 0; at < words.Count;)
        {
            var (found, length) = Longest(words, at);
            isKnown = found is not null;
            text.Append(text.Length > 0 && (found is null || char.IsAscii(text[^1])) ? " " : "").Append(found ?? words[at]);
            at += length;
        }

        return isKnown ? text.ToString() : null;
    }

    private static (string? Found, int Length) Longest(IReadOnlyList<string> words, int at)
    {
        for (var length = Math.Min(ChineseGlossary.LongestEntry, words.Count - at); length > 0; length--)
        {
            if (Whole([.. words.Skip(at).Take(length)]) is { } found)
            {
                return (found, length);
            }
        }

        return (null, 1);
    }

    /// <summary>The entry for some words, its last one in the plural or not.</summary>
    private static string? Whole(IReadOnlyList<string> words) =>
        ChineseGlossary.Find(string.Join(' ', words)) ?? ChineseGlossary.Find(string.Join(' ', words.SkipLast(1).Append(Words.Singular(words[^1]))));

    private static string? After(string first, string? rest) => rest is null ? null : first + (char.IsAscii(rest[0]) ? " " : "") + rest;

    private static string? Before(string? first, string rest) => first is null ? null : first + rest;

    private static string? Joined(string? whole, string? part) => whole is null || part is null ? null : After(whole, part);
}
