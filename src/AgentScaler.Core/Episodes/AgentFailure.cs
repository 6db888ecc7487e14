namespace AgentScaler.Episodes;

/// <summary>Whether an agent's message says that something could not be done, found by its words.</summary>
internal static class AgentFailure
{
    private static readonly string[] Words =
    [
        "could not", "couldn't", "was not able", "wasn't able", "unable", "can't", "cannot", "failed", "not available", "unavailable", "out of service", "not possible", "an error",
        "没能", "无法", "未能", "不能", "失败", "不可用", "暂停服务", "出错",
    ];

    /// <summary>Whether the agent says so.</summary>
    public static bool Is(string text) => AgentRefusal.Holds(text, Words);
}
