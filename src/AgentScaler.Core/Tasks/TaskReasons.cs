namespace AgentScaler.Tasks;

/// <summary>Why a proposed task leaves: the reason codes of its audit. Reports and scripts group by them.</summary>
public static class TaskReasons
{
    /// <summary>Gold does not give the same results and state twice.</summary>
    public const string DoesNotReplay = "gold.does-not-replay";

    /// <summary>A gold call is said to write and changes nothing, or the other way round.</summary>
    public const string WrongMark = "gold.wrong-mark";

    /// <summary>Gold writes, and its net difference is empty.</summary>
    public const string UndoesItself = "gold.undoes-itself";

    /// <summary>Gold neither writes nor shows anything that the user asks for.</summary>
    public const string ProvesNothing = "gold.proves-nothing";

    /// <summary>A gold read shows nothing that is asked for and gives no later call a value.</summary>
    public const string Superfluous = "gold.superfluous-call";

    /// <summary>A gold write could be left out: the rows end the same.</summary>
    public const string DropPasses = "mutation.drop-passes";

    /// <summary>An argument of a gold write could be another: the rows end the same.</summary>
    public const string ArgumentPasses = "mutation.argument-passes";

    /// <summary>The order of two reads shows in what they give.</summary>
    public const string OrderOfReads = "reorder.reads-matter";

    /// <summary>An argument without an origin, with two, or one that stands for no argument.</summary>
    public const string NoProvenance = "provenance.missing";

    /// <summary>The value does not stand where its origin says, or only later.</summary>
    public const string WrongProvenance = "provenance.wrong";

    /// <summary>A required output does not stand where it is said to.</summary>
    public const string WrongOutput = "output.wrong";

    /// <summary>What is to decide between two wishes does not stand where it is said to, or says the other thing.</summary>
    public const string WrongCondition = "condition.wrong";

    /// <summary>The other wish ends in the same rows, so the condition decides nothing.</summary>
    public const string IdleCondition = "condition.does-not-matter";

    /// <summary>What keeps the agent from serving a request does not stand where it is said to, or gold serves it all the same.</summary>
    public const string WrongAbstention = "abstention.wrong";

    /// <summary>The intent names a tool.</summary>
    public const string NamesTool = "intent.names-tool";

    /// <summary>The intent leaves out a fact that the user must give, or gives it later than it is needed.</summary>
    public const string HidesFact = "intent.hides-fact";

    /// <summary>The intent says a value that must be looked up, or the answer.</summary>
    public const string GivesAway = "intent.gives-away";

    /// <summary>The verifier accepts a run that is not as good as gold.</summary>
    public const string FalseAccept = "verifier.false-accept";

    /// <summary>The verifier rejects a run that is as good as gold.</summary>
    public const string FalseReject = "verifier.false-reject";

    /// <summary>What a reason means, for a person who wrote the task.</summary>
    public static string Explain(string reason) => reason switch
    {
        DoesNotReplay => "its calls do not give the same results twice",
        WrongMark => "a call is said to write and changes nothing, or the other way round",
        UndoesItself => "its writes leave the rows as they were, so nothing proves it",
        ProvesNothing => "it neither writes nor tells the user anything",
        Superfluous => "one of its reads shows nothing that is asked for and gives no later call a value",
        DropPasses => "one of its writes could be left out: the rows end the same",
        ArgumentPasses => "an argument of one of its writes could be another: the rows end the same",
        OrderOfReads => "the order of two of its reads matters",
        NoProvenance => "nothing says where an argument comes from",
        WrongProvenance => "an argument does not come from where it is said to",
        WrongOutput => "what the user is to be told does not stand in the result",
        WrongCondition => "what is to decide between two wishes does not stand in the result",
        IdleCondition => "both wishes end in the same rows",
        WrongAbstention => "what keeps the agent from serving a request is not as it is said to be",
        NamesTool => "the text names a tool",
        HidesFact => "the text leaves out a value that the user must give",
        GivesAway => "the text gives away a value that the agent must look up, or the very answer",
        FalseAccept => "a run that does less than its calls would be accepted: what it must tell or change is not distinct enough",
        FalseReject => "a run that does all it should would be rejected",
        _ => "the task's audit rejects it",
    };
}
