namespace AgentScaler.Models;

/// <summary>Why a model gave no reply.</summary>
public enum ModelFault
{
    /// <summary>The endpoint takes no more at present (429).</summary>
    Throttled,

    /// <summary>The endpoint failed (5xx), was not reached, or did not answer in time.</summary>
    Unavailable,

    /// <summary>The answer is not what the API promises: not JSON, cut off, without a message.</summary>
    BrokenAnswer,

    /// <summary>The endpoint refuses this request, and would again: too long, filtered, a field it does not know. Others may do.</summary>
    Rejected,

    /// <summary>The endpoint refuses every request: wrong key, no such model, no such address.</summary>
    Misconfigured,

    /// <summary>Only kept replies are wanted, and there is none for this request.</summary>
    NotKept,
}
