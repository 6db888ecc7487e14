using AgentScaler.Tasks.Wording;

namespace AgentScaler.Episodes.Scripted;

/// <summary>The set phrases of scripted episodes in one language. Their variety is small on purpose: scripted talk proves the pipeline, models write the real one.</summary>
internal sealed record Phrases
{
    /// <summary>English.</summary>
    public static readonly Phrases English = new()
    {
        FirstOpeners = ["", "Hi! ", "Hello. ", "Hello there! ", "Good morning. ", "Hi, I need some help. "],
        PoliteOpeners = ["Good day! ", "Hello, I hope you are well. ", "Excuse me. ", "Hello, I would appreciate your help. "],
        ChattyOpeners = ["Hey there! ", "Hi, it's me again. ", "Hello hello! ", "Hi! Busy day, but here we go. ", "Hey, quick one before my next meeting. "],
        FormalOpeners = ["To whom it may concern: ", "Good day. ", "Dear Sir or Madam, ", "Dear team, "],
        NextOpeners = ["", "Thank you. ", "Great, thanks. ", "Perfect. ", "Good. ", "Thanks, that helps. "],
        SoberOpeners = ["", "I see. ", "All right. ", "Never mind, then. ", "OK, thanks for telling me. "],
        Courtesies = ["", "", "", " Thank you!", " Thanks in advance.", " Please let me know when it is done."],
        PoliteCourtesies = [" Thank you very much!", " Thank you for your help.", " I appreciate it."],
        ChattyCourtesies = ["", " You're a star!", " My colleague usually does this, but she is on holiday.", " Sorry, I am in a bit of a hurry today.", " I hope that makes sense."],
        FormalCourtesies = [" Kind regards.", " I look forward to your reply.", ""],
        Introduction = "I am {0}. ",
        Consents = ["Yes, please go ahead.", "Yes, please do.", "That is right, go ahead.", "Yes, go ahead, thanks."],
        Thanks = ["Thanks, that is all.", "Thank you, I have everything I need.", "Great, nothing else for now. Thanks!"],
        SoberThanks = ["All right, that is all then. Thanks.", "I see. Thanks all the same.", "OK, nothing else for now."],
        Lookups = ["Let me look that up.", "One moment, I am checking.", "I will check that for you.", "Sure, looking now."],
        Actions = ["I will take care of that now.", "Sure, doing that now.", "One moment, please.", "Right away."],
        Retries = ["That did not go through, I am trying again.", "One moment, I have to try that once more."],
        Questions = ["Shall I go ahead?", "May I go ahead with that?", "Do you want me to proceed?"],
        FactOpeners = ["Here is what I found: ", "I looked it up: ", "This is what the records say: ", "According to the records: "],
        Closings =
        [
            "Let me know if there is anything else I can do for you today.",
            "Please tell me if you need help with any other matter today.",
            "I am here if you would like me to look into something more.",
        ],
        Farewells = ["You are welcome!", "You are welcome, have a good day.", "Glad to help. Goodbye!"],
        Done = ["That is done.", "I have gone through your request.", "Your request has been worked through."],
        Detours =
        [
            ("Before I start: what can you help me with?", "I can look things up here and change them where the policy allows it. Just tell me what you need."),
            ("First of all, am I talking to the right desk?", "Yes, you are. Tell me what it is about, and I will see to it."),
            ("Quick question first: do I have to fill in a form for this?", "No form is needed. A message to me is enough."),
            ("Are you busy right now?", "I have time for you. What is it about, please."),
        ],
    };

    /// <summary>Chinese.</summary>
    public static readonly Phrases Chinese = new()
    {
        FirstOpeners = ["", "你好！", "您好。", "早上好。", "你好，想请你帮个忙。"],
        PoliteOpeners = ["您好，打扰了。", "您好，麻烦您了。", "您好，希望没有打扰到您。"],
        ChattyOpeners = ["嗨！", "又是我。", "哈喽，今天忙坏了。", "嘿，有个小事。"],
        FormalOpeners = ["尊敬的客服：", "您好。", "敬启者："],
        NextOpeners = ["", "谢谢。", "好的，谢谢。", "很好。", "太好了。"],
        SoberOpeners = ["", "知道了。", "好吧。", "那算了。", "明白了，谢谢告知。"],
        Courtesies = ["", "", "", "谢谢！", "先谢谢了。", "办好了请告诉我。"],
        PoliteCourtesies = ["非常感谢！", "谢谢您的帮助。", "辛苦您了。"],
        ChattyCourtesies = ["", "辛苦啦！", "平时是我同事弄的，她休假了。", "今天有点赶时间。"],
        FormalCourtesies = ["此致敬礼。", "静候回复。", ""],
        Introduction = "{0}",
        Consents = ["好的，请继续。", "可以，请办理。", "对的，请继续。", "是的，麻烦了。"],
        Thanks = ["谢谢，就这些。", "谢谢，我需要的都有了。", "很好，暂时没有别的事了，谢谢！"],
        SoberThanks = ["知道了，那就这些，谢谢。", "好吧，还是谢谢你。", "明白了，没有别的事了。"],
        Lookups = ["我来查一下。", "请稍等，正在查。", "好的，我看一下。"],
        Actions = ["我这就处理。", "好的，马上办。", "请稍等。"],
        Retries = ["刚才没有成功，我再试一次。", "请稍等，我重试一下。"],
        Questions = ["可以继续吗？", "我可以这样办吗？", "要我继续吗？"],
        FactOpeners = ["查到的结果如下：", "我查了一下：", "记录显示："],
        Closings = ["今天还有其他事情的话，请随时告诉我。", "如果还有别的需要，请尽管说。"],
        Farewells = ["不客气！", "不客气，祝您愉快。", "很高兴帮到您，再见！"],
        Done = ["已经办好了。", "您的请求已处理完毕。"],
        Detours =
        [
            ("先问一下，你能帮我做些什么？", "我可以查询这里的记录，并在政策允许的范围内修改。请告诉我您需要什么。"),
            ("请问我找对地方了吗？", "您找对了，请告诉我是什么事。"),
            ("办这个要先填表吗？", "不需要填表，直接告诉我就行。"),
        ],
    };

    public required IReadOnlyList<string> FirstOpeners { get; init; }

    public required IReadOnlyList<string> PoliteOpeners { get; init; }

    public required IReadOnlyList<string> ChattyOpeners { get; init; }

    public required IReadOnlyList<string> FormalOpeners { get; init; }

    public required IReadOnlyList<string> NextOpeners { get; init; }

    /// <summary>What a user says first after bad news.</summary>
    public required IReadOnlyList<string> SoberOpeners { get; init; }

    public required IReadOnlyList<string> Courtesies { get; init; }

    public required IReadOnlyList<string> PoliteCourtesies { get; init; }

    public required IReadOnlyList<string> ChattyCourtesies { get; init; }

    public required IReadOnlyList<string> FormalCourtesies { get; init; }

    /// <summary>How somebody says who they are; <c>{0}</c> stands for that.</summary>
    public required string Introduction { get; init; }

    public required IReadOnlyList<string> Consents { get; init; }

    public required IReadOnlyList<string> Thanks { get; init; }

    /// <summary>Thanks after bad news.</summary>
    public required IReadOnlyList<string> SoberThanks { get; init; }

    public required IReadOnlyList<string> Lookups { get; init; }

    public required IReadOnlyList<string> Actions { get; init; }

    public required IReadOnlyList<string> Retries { get; init; }

    public required IReadOnlyList<string> Questions { get; init; }

    public required IReadOnlyList<string> FactOpeners { get; init; }

    public required IReadOnlyList<string> Closings { get; init; }

    public required IReadOnlyList<string> Farewells { get; init; }

    public required IReadOnlyList<string> Done { get; init; }

    /// <summary>Questions beside the matter, and their answers, which end in no question.</summary>
    public required IReadOnlyList<(string Asked, string Answered)> Detours { get; init; }

    /// <summary>The phrases of a manner's language; English where a task has none.</summary>
    public static Phrases Of(RequestManner? manner) => manner is { IsChinese: true } ? Chinese : English;

    /// <summary>How a user of a style begins.</summary>
    public IReadOnlyList<string> OpenersOf(RequestStyle style) => style switch
    {
        RequestStyle.Terse => [""],
        RequestStyle.Polite => PoliteOpeners,
        RequestStyle.Chatty => ChattyOpeners,
        RequestStyle.Formal => FormalOpeners,
        _ => FirstOpeners,
    };

    /// <summary>What a user of a style says after a request.</summary>
    public IReadOnlyList<string> CourtesiesOf(RequestStyle style) => style switch
    {
        RequestStyle.Terse => [""],
        RequestStyle.Polite => PoliteCourtesies,
        RequestStyle.Chatty => ChattyCourtesies,
        RequestStyle.Formal => FormalCourtesies,
        _ => Courtesies,
    };
}
