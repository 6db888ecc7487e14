using System.Text.Json;
using AgentScaler.Determinism;

namespace AgentScaler.Tasks.Wording;

/// <summary>The sentences by which users ask for things in one language: parts of speech for rows, places and values, and whole requests made of them.</summary>
internal abstract class RequestGrammar(RequestManner manner, SeededRandom random)
{
    /// <summary>The grammar of a manner.</summary>
    public static RequestGrammar Of(RequestManner manner, SeededRandom random) =>
        manner.IsChinese ? new ChineseRequests(manner, random) : new EnglishRequests(manner, random);

    /// <summary>A value in a sentence, text of several words in quotation marks.</summary>
    public abstract string Quoted(JsonElement value);

    /// <summary>A parameter's value as people say it where the user is.</summary>
    /// <param name="schema">The parameter's, or null.</param>
    public string Value(JsonElement value, JsonElement? schema) => SpokenForms.Of(value, schema, manner) ?? Quoted(value);

    /// <summary>A name of a thing or field in this language.</summary>
    /// <param name="english">Its words.</param>
    public virtual string Name(string english) => english;

    /// <summary>A row by its key.</summary>
    public abstract string Key(string entity, string key);

    /// <summary>A row by what it is called.</summary>
    public abstract string Label(string entity, string label);

    /// <summary>A row by what a field of it holds.</summary>
    public abstract string Whose(string entity, string field, string value);

    /// <summary>A row by the row of another kind that shows it.</summary>
    public abstract string Through(string entity, string row);

    /// <summary>The row that was spoken of before.</summary>
    public abstract string That(string entity);

    /// <summary>One of the rows that were listed before.</summary>
    /// <param name="many">What the rows are, in the plural.</param>
    /// <param name="position">0-based, below 5.</param>
    public abstract string Nth(string many, int position);

    /// <summary>What a row spoken of before has.</summary>
    public abstract string Owned(string row, string what);

    /// <summary>The only one there is.</summary>
    public abstract string Only(string entity);

    /// <summary>A row with the part it plays.</summary>
    public abstract string As(string row, string role);

    /// <summary>What was said wrongly, and what is meant.</summary>
    /// <param name="isRow">Whether both are rows.</param>
    public abstract string Corrected(string wrong, string right, bool isRow);

    /// <summary>What people call a field when they ask for it.</summary>
    public abstract string Field(string field);

    /// <summary>Asks for a new row.</summary>
    public abstract string Create(string entity, IReadOnlyList<SpokenPlace> places, IReadOnlyList<SpokenValue> values);

    /// <summary>Asks for other values in a row.</summary>
    public abstract string Update(string row, IReadOnlyList<SpokenPlace> places, IReadOnlyList<SpokenValue> values);

    /// <summary>Asks for another value in a row without saying which.</summary>
    public abstract string UpdateOf(string name, string row, IReadOnlyList<SpokenPlace> places);

    /// <summary>Asks for a row to be removed.</summary>
    public abstract string Delete(string row, IReadOnlyList<SpokenPlace> places, IReadOnlyList<SpokenValue> values);

    /// <summary>Asks for another status.</summary>
    public abstract string Status(StatusDeed deed, string row, IReadOnlyList<SpokenPlace> places, IReadOnlyList<SpokenValue> values);

    /// <summary>Asks for fields of one row.</summary>
    public abstract string Get(IReadOnlyList<string> fields, string row, IReadOnlyList<SpokenPlace> places, IReadOnlyList<SpokenValue> values);

    /// <summary>Asks for a field of several rows.</summary>
    /// <param name="rows">How many rows there are.</param>
    public abstract string List(IReadOnlyList<string> fields, string many, IReadOnlyList<SpokenPlace> places, IReadOnlyList<SpokenValue> values, int rows);

    /// <summary>Asks for one thing or another, as a field says.</summary>
    public abstract string Choose(string field, string row, IReadOnlyList<SpokenPlace> places, string value, string then, string otherwise);

    /// <summary>Setting values of a row named before.</summary>
    public abstract string SetIts(IReadOnlyList<SpokenValue> values);

    /// <summary>Moving a row named before to another status.</summary>
    public abstract string MoveIt(StatusDeed deed, IReadOnlyList<SpokenValue> values);

    /// <summary>Asks for something done that nobody here can do.</summary>
    /// <param name="deed">The verb, as this language has it.</param>
    public abstract string Do(LackedDeed deed, string row);

    /// <summary>Gives a fact that was asked for.</summary>
    public abstract string Give(string name, string value);

    /// <summary>Declines to give a fact that was asked for.</summary>
    public abstract string Withhold(string name);

    /// <summary>One of several ways to say the same.</summary>
    protected string Pick(params IReadOnlyList<string> ways) => random.Pick(ways);

    /// <summary>One of the ways of the user's style.</summary>
    protected string Lead(IReadOnlyList<string> plain, IReadOnlyList<string> terse, IReadOnlyList<string> polite, IReadOnlyList<string> chatty, IReadOnlyList<string> formal) => random.Pick(manner.Style switch
    {
        RequestStyle.Terse => terse,
        RequestStyle.Polite => polite,
        RequestStyle.Chatty => chatty,
        RequestStyle.Formal => formal,
        _ => plain,
    });
}
