using System.Globalization;
using System.Text.Json.Serialization;

namespace AgentScaler.Environments;

/// <summary>Where a part of an environment comes from.</summary>
/// <param name="Part"><c>schema</c>, <c>policy</c>, or <c>program:TOOL</c>.</param>
/// <param name="Maker">Who made it.</param>
/// <param name="Model">The model, where one made it; null otherwise.</param>
/// <param name="Prompt">Name and version of the prompt that it answers, e.g. <c>tool-program@1</c>; null where no model made it.</param>
/// <param name="Round">0 for the model's first answer, n for its n-th repair; null where no model made it.</param>
/// <param name="Note">Why it is not the model's though one was asked, or what was left out of it; null otherwise.</param>
public sealed record PartOrigin(
    string Part,
    PartMaker Maker,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Model = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Prompt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Round = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note = null)
{
    /// <summary>The part that is the database schema.</summary>
    public const string Schema = "schema";

    /// <summary>The part that is the policy with its rules.</summary>
    public const string Policy = "policy";

    /// <summary>The part that is a tool's program, with what it does.</summary>
    public static string ProgramOf(string tool) => "program:" + tool;

    /// <summary>The origin in words: <c>model gpt-4.1, tool-program@1, round 2</c>, <c>embedded</c>, <c>given</c>.</summary>
    [JsonIgnore]
    public string Text => (Maker switch
    {
        PartMaker.Model => string.Create(CultureInfo.InvariantCulture, $"model {Model}, {Prompt}, round {Round}"),
        PartMaker.Given => "given",
        _ => "embedded",
    }) + (Note is null ? "" : $" ({Note})");
}
