using System.Text;
using AgentScaler.ModelServers.Chat;

namespace AgentScaler.ModelServers.Faults;

/// <summary>Makes of a brain's answer one with a fault.</summary>
internal static class SemanticRewrite
{
    private const int HugeBytes = 200_000;
    private const string Filler = "And so it goes on, line after line, and says nothing that was asked for.\n";

    // RIGHT-TO-LEFT EMBEDDING and POP, Arabic and Hebrew, a family of joined emoji, bell, backspace, escape, NEXT LINE, a zero-width space and a BOM.
    private const string StrangeHead = "\u202B\u0645\u0631\u062D\u0628\u0627 \u05E9\u05DC\u05D5\u05DD\u202C \U0001F468\u200D\U0001F469\u200D\U0001F467 \a\b\u001B[31m ";
    private const string StrangeTail = " \u200B\uFEFF\u0085\U0001F3F4\u200D\u2620\uFE0F\u0001\u007F";

    /// <summary>The answer with the fault, or null where the fault can't befall it.</summary>
    /// <param name="choice">Decides between the forms of a fault.</param>
    public static ChatAnswer? Apply(SemanticFault fault, ChatAnswer answer, ulong choice)
    {
        var first = answer.ToolCalls.Count > 0 ? answer.ToolCalls[0] : null;
        return fault switch
        {
            SemanticFault.MalformedArguments => first is null ? null : WithFirst(answer, first with { Arguments = MalformedText.Of(first.Arguments, choice) }),
            SemanticFault.WrongArgumentTypes => first is not null && WrongTypes.Of(first.Arguments) is { } wrong ? WithFirst(answer, first with { Arguments = wrong }) : null,
            SemanticFault.UnknownTool => first is null ? null : WithFirst(answer, first with { Name = first.Name + "_v2" }),
            SemanticFault.TextForCall => first is null ? null : Only($"I will call {first.Name} with {first.Arguments} now."),
            SemanticFault.EmptyContent => Only(""),
            SemanticFault.SeveralCalls => first is null ? null : answer with { ToolCalls = [.. answer.ToolCalls, first with { Id = first.Id + "-again" }] },
            SemanticFault.Refusal => new ChatAnswer { Refusal = "I'm sorry, but I can't help with that." },
            SemanticFault.ContentFilter => Only("") with { FinishReason = "content_filter" },
            SemanticFault.Length => CutOff(answer),
            SemanticFault.FencedJson => IsJson(answer) ? answer with { Content = $"```json\n{answer.Content}\n```" } : null,
            SemanticFault.ProseAroundJson => IsJson(answer) ? answer with { Content = $"Sure! Here is what you asked for:\n\n{answer.Content}\n\nLet me know if you need {{more}}." } : null,
            SemanticFault.HugeReply => answer with { Content = Huge(answer.Content) },
            SemanticFault.StrangeCharacters => answer with { Content = StrangeHead + answer.Content + StrangeTail },
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
        };
    }

    private static ChatAnswer Only(string content) => new() { Content = content };

    private static ChatAnswer WithFirst(ChatAnswer answer, ChatCall first) => answer with { ToolCalls = [first, .. answer.ToolCalls.Skip(1)] };

    private static ChatAnswer CutOff(ChatAnswer answer)
    {
        if (answer.ToolCalls.Count == 0)
        {
            return answer with { Content = MalformedText.FirstHalf(answer.Content ?? ""), FinishReason = "length" };
        }

        var last = answer.ToolCalls[^1];
        return answer with
        {
            ToolCalls = [.. answer.ToolCalls.SkipLast(1), last with { Arguments = MalformedText.FirstHalf(last.Arguments) }],
            FinishReason = "length",
        };
    }

    private static bool IsJson(ChatAnswer answer) => answer.Content?.TrimStart() is ['{' or '[', ..];

    private static string Huge(string? content)
    {
        var text = new StringBuilder(content, HugeBytes + Filler.Length + (content?.Length ?? 0)).Append('\n');
        while (text.Length < HugeBytes)
        {
            text.Append(Filler);
        }

        return text.ToString();
    }
}
