namespace AgentScaler.Episodes.Scripted;

/// <summary>The set phrases of scripted episodes. Their variety is small on purpose: scripted talk proves the pipeline, models write the real one.</summary>
internal static class Phrases
{
    public static readonly IReadOnlyList<string> FirstOpeners = ["", "Hi! ", "Hello. ", "Hello there! ", "Good morning. ", "Hi, I need some help. "];

    public static readonly IReadOnlyList<string> NextOpeners = ["", "Thank you. ", "Great, thanks. ", "Perfect. ", "Good. ", "Thanks, that helps. "];

    public static readonly IReadOnlyList<string> Courtesies = ["", "", "", " Thank you!", " Thanks in advance.", " Please let me know when it is done."];

    public static readonly IReadOnlyList<string> Consents = ["Yes, please go ahead.", "Yes, please do.", "That is right, go ahead.", "Yes, go ahead, thanks."];

    public static readonly IReadOnlyList<string> Thanks = ["Thanks, that is all.", "Thank you, I have everything I need.", "Great, nothing else for now. Thanks!"];

    public static readonly IReadOnlyList<string> Lookups = ["Let me look that up.", "One moment, I am checking.", "I will check that for you.", "Sure, looking now."];

    public static readonly IReadOnlyList<string> Actions = ["I will take care of that now.", "Sure, doing that now.", "One moment, please.", "Right away."];

    public static readonly IReadOnlyList<string> Questions = ["Shall I go ahead?", "May I go ahead with that?", "Do you want me to proceed?"];

    public static readonly IReadOnlyList<string> FactOpeners = ["Here is what I found: ", "I looked it up: ", "This is what the records say: ", "According to the records: "];

    public static readonly IReadOnlyList<string> Closings =
    [
        "Let me know if there is anything else I can do for you today.",
        "Please tell me if you need help with any other matter today.",
        "I am here if you would like me to look into something more.",
    ];

    public static readonly IReadOnlyList<string> Farewells = ["You are welcome!", "You are welcome, have a good day.", "Glad to help. Goodbye!"];

    public static readonly IReadOnlyList<string> Done = ["That is done.", "I have gone through your request.", "Your request has been worked through."];
}
