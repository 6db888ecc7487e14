using AgentScaler.Environments.Packages;
using AgentScaler.Tasks.Wording;
using AgentScaler.Tools;

namespace AgentScaler.Episodes.Scripted;

/// <summary>The sentences of a scripted agent in one language.</summary>
internal abstract class AnswerSentences
{
    /// <summary>The sentences of a manner's language; English where a task has none.</summary>
    public static AnswerSentences Of(RequestManner? manner) => manner is { IsChinese: true } ? new ChineseAnswers() : new EnglishAnswers();

    /// <summary>What stands between sentences.</summary>
    public abstract string Gap { get; }

    /// <summary>Announces what needs consent.</summary>
    public abstract string About(IReadOnlyList<string> deeds);

    /// <summary>Asks for a fact that is missing.</summary>
    public abstract IReadOnlyList<string> AskFor(string name);

    /// <summary>Declines.</summary>
    /// <param name="why">The rule that forbids it; null where no tool does it.</param>
    public abstract string Refuse(string deed, string? why);

    /// <summary>Hands the user over to a person.</summary>
    public abstract string HandOver { get; }

    /// <summary>Lets a request be that the user has no fact for.</summary>
    public abstract string LeaveIt(string deed, string name);

    /// <summary>One field of one row.</summary>
    public abstract string Fact(string name, string? value);

    /// <summary>One field of several rows: each value with the rows that have it.</summary>
    public abstract string Facts(string name, IEnumerable<(string? Value, IReadOnlyList<string> Rows)> values);

    /// <summary>Several fields, one after the other, as a sentence.</summary>
    public abstract string Sentence(string opener, IReadOnlyList<string> facts);

    /// <summary>How many of something there are.</summary>
    public abstract string NumberOf(string name);

    /// <summary>Facts that were looked for in vain.</summary>
    public abstract string NotFound(IReadOnlyList<string> names);

    /// <summary>Deeds of one kind that are done: to which rows, by their names with a space before each, and what each status was set to.</summary>
    public abstract string Done(ToolBinding binding, string tool, string entity, IReadOnlyList<(string Name, string To)> rows);

    /// <summary>Why a deed failed where its tool does not work at all.</summary>
    public abstract string OutOfService { get; }

    /// <summary>Deeds that failed for one reason.</summary>
    /// <param name="isMore">Whether the message said sorry already.</param>
    public abstract string Failed(IReadOnlyList<string> deeds, string error, bool isMore);

    /// <summary>Deeds for which something was missing.</summary>
    public abstract string Unreachable(IReadOnlyList<string> deeds);

    /// <summary>A deed in the infinitive.</summary>
    public abstract string Deed(ToolBinding binding, string tool, string entity, string name = "");

    /// <summary>What a link joins, with a space before it.</summary>
    public abstract string Joining(IEnumerable<string> rows);

    /// <summary>How a row is called by its label and its key, with a space before it.</summary>
    public abstract string Labelled(string label, string key);

    /// <summary>How a row is called by a name that is a sentence, with a space before it.</summary>
    public abstract string Quoted(string label);

    /// <summary>A name in words.</summary>
    protected static string Humanise(string name) => Words.Spoken(name) is { Length: > 0 } words ? words : name;
}
