namespace AgentScaler.Episodes;

/// <summary>Whether an agent's message declines something or hands the user over, found by its words.</summary>
internal static class AgentRefusal
{
    private static readonly string[] Refusals =
    [
        "can't", "cannot", "can not", "unable to", "not able to", "not allowed", "not permitted", "not possible", "isn't possible", "impossible", "must not", "mustn't", "not supported", "beyond what i can",
        "no tool", "won't be able", "have no way", "against the policy", "against our policy", "policy does not allow", "policy doesn't allow",
        "不能", "无法", "没办法", "没有办法", "不可以", "不允许", "不支持", "做不到", "没有相应的工具",
    ];

    private static readonly string[] Transfers = ["transfer you", "transferring you", "hand you over", "handing you over", "connect you with", "connect you to", "connecting you", "human agent", "转接", "转给人工", "转人工", "人工客服"];

    /// <summary>Whether the agent says that it can't or may not do something.</summary>
    public static bool Is(string text) => Holds(text, Refusals);

    /// <summary>Whether the agent hands the user over to a person.</summary>
    public static bool HandsOver(string text) => Holds(text, Transfers);

    /// <summary>Whether a text holds one of some phrases, case and the form of apostrophes aside.</summary>
    internal static bool Holds(string text, string[] phrases)
    {
        var words = text.Replace('’', '\'');
        return phrases.Any(phrase => words.Contains(phrase, StringComparison.OrdinalIgnoreCase));
    }
}
