namespace AgentScaler.Datasets.Writers;

/// <summary>Why a format lacks something that the canonical record has.</summary>
public static class ExportReasons
{
    /// <summary>The format has no place for reasoning, or it holds the marks that set reasoning apart.</summary>
    public const string Reasoning = "reasoning";

    /// <summary>The format has no place for text in a message that calls tools.</summary>
    public const string TextBesideCalls = "text-beside-calls";

    /// <summary>The format trains on every assistant message and can't leave one out.</summary>
    public const string UntrainedMessage = "untrained-message";

    /// <summary>The tool's description is longer than the consumer takes; the row has its beginning.</summary>
    public const string LongDescription = "long-description";

    /// <summary>The result is no JSON, which the consumer demands; the row has it as a JSON text.</summary>
    public const string PlainResult = "plain-result";

    /// <summary>Roles do not follow one another as the consumer demands.</summary>
    public const string RoleOrder = "role-order";

    /// <summary>The last message is not the assistant's.</summary>
    public const string NoLastAnswer = "no-last-answer";

    /// <summary>No message is to be trained on.</summary>
    public const string NothingToTrain = "nothing-to-train";

    /// <summary>The tool's name is none that the consumer takes, or stands twice.</summary>
    public const string ToolName = "tool-name";

    /// <summary>More tools than the consumer takes.</summary>
    public const string TooManyTools = "too-many-tools";

    /// <summary>The tool's parameters are no JSON Schema of an object.</summary>
    public const string ToolParameters = "tool-parameters";

    /// <summary>A call or its result lacks the other, or comes in another order.</summary>
    public const string CallsAndResults = "calls-and-results";

    /// <summary>The call's arguments were no JSON object, so the canonical record holds a stand-in.</summary>
    public const string MalformedArguments = "malformed-arguments";

    /// <summary>The ground truth has no calls, or one that none of the task's tools takes.</summary>
    public const string GoldCalls = "gold-calls";

    /// <summary>A message has neither text nor calls.</summary>
    public const string EmptyMessage = "empty-message";

    /// <summary>A text of the record has half a surrogate pair, which no consumer can read.</summary>
    public const string HalfCharacter = "half-character";

    /// <summary>A text holds marks that the consumer takes for its own.</summary>
    public const string Markup = "markup";
}
