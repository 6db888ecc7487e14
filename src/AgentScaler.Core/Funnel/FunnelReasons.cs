namespace AgentScaler.Funnel;

/// <summary>The reason codes of rejected episodes. They are part of the dataset's format: scripts group by them.</summary>
public static class FunnelReasons
{
    /// <summary>Validity: the episode did not end by the user's word (steps used up, too many tool errors, attempts aborted).</summary>
    public const string Truncated = "truncated";

    /// <summary>Validity: a party's model gave no reply that could be used.</summary>
    public const string NoReply = "no-reply";

    /// <summary>Validity: a call whose arguments are no JSON object.</summary>
    public const string MalformedCall = "malformed-call";

    /// <summary>Validity: system, user, assistant and tool messages do not alternate as they must.</summary>
    public const string MalformedRoles = "malformed-roles";

    /// <summary>Validity: a message that says nothing and calls nothing.</summary>
    public const string EmptyMessage = "empty-message";

    /// <summary>Validity: a tool call without a result.</summary>
    public const string UnansweredCall = "unanswered-call";

    /// <summary>Validity: a tool result that answers no call.</summary>
    public const string OrphanResult = "orphan-result";

    /// <summary>Validity: the recorded calls are not those of the transcript.</summary>
    public const string RecordDiffers = "record-differs";

    /// <summary>Validity: the recorded calls, made again, give other results or another state than recorded.</summary>
    public const string ReplayDiffers = "replay-differs";

    /// <summary>Validity: the agent was given another policy than the environment's.</summary>
    public const string PolicyDiffers = "policy-differs";

    /// <summary>Validity: special tokens, reasoning tags or stop markers where text belongs.</summary>
    public const string LeakedMarkup = "leaked-markup";

    /// <summary>Validity: one message repeats its own phrases.</summary>
    public const string RepeatedPhrases = "repeated-phrases";

    /// <summary>Validity: the same call with the same arguments and result over and over.</summary>
    public const string RepeatedCall = "repeated-call";

    /// <summary>Validity: the user said a value it could not know.</summary>
    public const string UserLeakedValue = "user-leaked-value";

    /// <summary>Validity: the user said another value than it was told, the agent did as it was told, and that is why the outcome is not gold's.</summary>
    public const string UserInventedFact = "user-invented-fact";

    /// <summary>Validity: the task's own text gives away a value that has to be looked up.</summary>
    public const string TaskLeakedValue = "task-leaked-value";

    /// <summary>Validity: the user ended the conversation with a request unsaid or a question unanswered that gold needs.</summary>
    public const string StoppedEarly = "stopped-early";

    /// <summary>Validity: a call that the policy says must be confirmed, without a question that names it and the user's agreement.</summary>
    public const string Unconfirmed = "unconfirmed";

    /// <summary>State alignment or exact match: by a judge's word the simulated user did what it was not told to; the detail has what the stage found.</summary>
    public const string UserFault = "user-fault";

    /// <summary>State alignment: the final database is not the gold database.</summary>
    public const string StateDiffers = "state-differs";

    /// <summary>Exact match: no successful call at all.</summary>
    public const string NoCalls = "no-calls";

    /// <summary>Exact match: a gold call was not made.</summary>
    public const string MissingCall = "missing-call";

    /// <summary>Exact match: a read that gold does not have.</summary>
    public const string ExtraCall = "extra-call";

    /// <summary>Exact match: a write that gold does not have, whether it was undone or not.</summary>
    public const string ExtraWrite = "extra-write";

    /// <summary>Exact match: the gold tools with other arguments.</summary>
    public const string DifferentArguments = "different-arguments";

    /// <summary>Exact match: the gold calls in another order.</summary>
    public const string DifferentOrder = "different-order";

    /// <summary>Exact match: some gold calls are missing and others were made instead.</summary>
    public const string DifferentCalls = "different-calls";

    /// <summary>Exact match: a fact the user asked for never reached the user.</summary>
    public const string MissingOutput = "missing-output";

    /// <summary>Exact match: the agent never asked for the fact that was missing.</summary>
    public const string NotAsked = "not-asked";

    /// <summary>Exact match: the agent did not say that it can't do what no tool does or the policy forbids.</summary>
    public const string NotRefused = "not-refused";

    /// <summary>Exact match: the agent tried what the policy forbids.</summary>
    public const string AgainstPolicy = "against-policy";

    /// <summary>Exact match: a tool never worked, and the agent did not say that something could not be done.</summary>
    public const string FailureUnreported = "failure-unreported";

    /// <summary>Quota: the goal was reached, but the share of episodes with tool errors is full.</summary>
    public const string ErrorQuota = "error-quota";

    /// <summary>Review: a person rejected the episode.</summary>
    public const string ReviewRejected = "review-rejected";

    /// <summary>Review: a person took the task out of use.</summary>
    public const string TaskQuarantined = "task-quarantined";

    /// <summary>Review: a person took a tool that the episode calls out of use.</summary>
    public const string ToolQuarantined = "tool-quarantined";
}
