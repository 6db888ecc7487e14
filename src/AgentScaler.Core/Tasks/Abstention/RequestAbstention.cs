using System.Text.Json.Serialization;

namespace AgentScaler.Tasks.Abstention;

/// <summary>
/// What keeps an agent from simply serving a request, and what proves that it saw it: the missing fact asked for, a refusal, or a transfer. Doing nothing
/// proves nothing.
/// </summary>
/// <param name="Kind">Why.</param>
public sealed record RequestAbstention(AbstentionKind Kind)
{
    /// <summary>The fact that is missing; null for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WithheldFact? Withheld { get; init; }

    /// <summary>The call that would be wrong: with a value made up for what is missing, or against the rule. Executed after gold on a session of its own; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GoldCall? Tempting { get; init; }

    /// <summary>The sentence of the policy that forbids it; null for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Rule { get; init; }

    /// <summary>Where the agent sees that the rule forbids it; null where the request says it itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ShownReason? Reason { get; init; }

    /// <summary>What is asked for where no tool does it, as an agent says it when it declines (<c>print out the book "Dune"</c>); null for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Deed { get; init; }

    /// <summary>Whether gold does nothing for the request but look.</summary>
    [JsonIgnore]
    public bool EndsInRefusal => Kind != AbstentionKind.MissingGiven;
}
