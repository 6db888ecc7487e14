using AgentScaler.Determinism;
using AgentScaler.Tasks.Abstention;
using AgentScaler.Tasks.Wording;

namespace AgentScaler.Episodes.Scripted;

/// <summary>
/// The reasoning of a scripted agent beside some of its messages: what is wanted, what is known, what comes next. It tells nothing that the agent does not know at that point, and varies
/// with what is done.
/// </summary>
internal sealed class ReasoningWriter(EpisodeScript script, SeededRandom random)
{
    private const int Circles = 7;

    private readonly bool isChinese = script.Manner is { IsChinese: true };

    /// <summary>Before calls; null where the agent says nothing of what it thinks.</summary>
    /// <param name="deeds">What the calls do.</param>
    /// <param name="left">Calls of the request that come after these.</param>
    public string? Calls(IReadOnlyList<string> deeds, int left) => !Thinks() ? null : isChinese
        ? $"{Pick("先看下一步。", "按用户的要求来做。", "目前的信息够用了。")}{(deeds.Count > 1 ? "这几项互不依赖，可以一起做：" : "现在要")}{string.Join("、", deeds.Distinct(StringComparer.Ordinal))}。{(left > 0 ? "之后还有后续步骤。" : "这是最后一步。")}"
        : $"{Pick("Going by what the user asked for,", "Given what is known so far,", "Next in line:", "To get this done,")} "
            + (deeds.Count > 1 ? $"I can {Listed(deeds)} at once, since none of these needs the other's result. " : $"I {deeds[0]}. ")
            + (left > 0 ? Pick("The rest has to wait for that result.", "What it shows decides how the next call looks.", "There is more to do after it.") : Pick("That is the last call this request needs.", "After that I can answer."));

    /// <summary>Before a question for consent.</summary>
    public string? Consent(string deed) => !Thinks() ? null : isChinese
        ? ChineseText.Tidy($"{deed} 之前，政策要求先得到用户的同意，所以先问一下。")
        : $"{Pick("The policy wants the user's word before this.", "This can't be taken back, so the user has to agree first.")} I say what I am about to do, which is to {deed}, and wait for the answer.";

    /// <summary>Before a question for a fact that is missing.</summary>
    public string? Missing(string name) => !Thinks() ? null : isChinese
        ? $"用户没有说 {name}，没有它就不能办理，也不能自己编一个，要先问清楚。"
        : $"The request does not say the {name}. {Pick("Without it the call can't be made, and making one up would be wrong.", "No tool can tell me that, so only the user can.")} I ask.";

    /// <summary>Before a call that is made again.</summary>
    public string? Again() => !Thinks() ? null : isChinese
        ? "这次失败不是参数的问题，过一会儿可能就好，所以原样再调用一次。"
        : Pick("The call failed for no fault of its arguments. Such errors pass, so I make the very same call again.", "Nothing was done yet, and the error says that it may work now: once more, unchanged.");

    /// <summary>Before an answer.</summary>
    /// <param name="calls">How many calls were made.</param>
    /// <param name="failed">Whether something of it could not be done.</param>
    public string? Answer(ScriptedRequest request, int calls, bool failed) => !Thinks() ? null : request.Abstention switch
    {
        { Kind: AbstentionKind.NoTool } => isChinese ? "看了一遍工具，没有一个能做这件事，如实告诉用户。" : Pick("None of the tools does this, so I say so plainly.", "I have no tool for this one; the user should hear that."),
        { Kind: AbstentionKind.AgainstPolicy } => isChinese ? "政策不允许这样做，不去尝试，把原因告诉用户。" : Pick("The policy rules this out, so I don't try it and say why.", "A rule forbids this; the user should hear which."),
        { Kind: AbstentionKind.MissingRefused } => isChinese ? "少了这一项就不能办，也不能替用户编，那就不办。" : Pick("Without that fact there is no call to make, and I won't make one up.", "The user can't say it, so nothing is done."),
        _ when failed => isChinese ? "有一步没能办成，再调用也没用，要如实告诉用户。" : Pick("Something did not work, and the user has to hear what.", "Not all of it could be done; I say what came of it and what did not."),
        _ => isChinese ? $"做了 {calls} 次调用，把结果告诉用户，别的不多说。"
            : $"{Pick("The results are in.", "Everything this request needed has been done.", "Nothing is left to call for this one.")} {Pick("I tell the user what came of it, as the tools gave it.", "Now the answer, with what the tools said and nothing else.", "I keep the answer to what was asked.")}",
    };

    /// <summary>The same thought over and over: a mistake.</summary>
    public string InCircles(ScriptedRequest request) => string.Join(isChinese ? "" : " ", Enumerable.Repeat(isChinese
        ? $"等一下，我得再想一想这 {request.Calls.Count} 步是不是都对，再检查一遍。"
        : $"Wait, let me think again about whether all {request.Calls.Count} of these steps were right, and check them once more.", Circles));

    private static string Listed(IReadOnlyList<string> deeds) => string.Join(" and ", deeds.Distinct(StringComparer.Ordinal));

    private string Pick(params IReadOnlyList<string> ways) => random.Pick(ways);

    private bool Thinks() => random.Chance(script.ReasoningShare);
}
