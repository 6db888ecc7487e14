namespace AgentScaler.ModelServers.Faults;

/// <summary>What is wrong with an answer that arrived in good order. The first four and the sixth need an answer with calls, JSON's two one in JSON.</summary>
public enum SemanticFault
{
    /// <summary>The first call's arguments are no JSON: cut off, in single quotes, or with something behind them.</summary>
    MalformedArguments,

    /// <summary>Every argument of the first call has another type.</summary>
    WrongArgumentTypes,

    /// <summary>The first call names a tool that was not offered.</summary>
    UnknownTool,

    /// <summary>Text that speaks of the call, and no call.</summary>
    TextForCall,

    /// <summary>Neither text nor calls.</summary>
    EmptyContent,

    /// <summary>The first call comes twice, under two ids.</summary>
    SeveralCalls,

    /// <summary>A refusal.</summary>
    Refusal,

    /// <summary>Nothing, ended by <c>content_filter</c>.</summary>
    ContentFilter,

    /// <summary>The first half of the text or of the last call's arguments, ended by <c>length</c>.</summary>
    Length,

    /// <summary>JSON in a fence of Markdown.</summary>
    FencedJson,

    /// <summary>JSON with a sentence before and behind it.</summary>
    ProseAroundJson,

    /// <summary>More than 200,000 bytes of text.</summary>
    HugeReply,

    /// <summary>Right-to-left text and its marks, emoji, and control characters around the text.</summary>
    StrangeCharacters,
}
