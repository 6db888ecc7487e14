using System.Text.Json.Serialization;
using AgentScaler.Environments;
using AgentScaler.Tasks.Wording;

namespace AgentScaler.Tasks;

/// <summary>A verifiable task: an initial state, what the user wants, and the executed sequence that proves it can be done.</summary>
public sealed record TaskSpec
{
    /// <summary>Content-derived id, <c>task-...</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The environment's id.</summary>
    public required string Environment { get; init; }

    /// <summary>The seed path of the task; ids generated inside the environment derive from it.</summary>
    public required string Seed { get; init; }

    /// <summary>Rows that differ from the environment's initial state (distractors), sorted by collection and key.</summary>
    public required IReadOnlyList<RowChange> InitialChanges { get; init; }

    /// <summary>The user's intent, in the order the user speaks.</summary>
    public required IReadOnlyList<UserRequest> Requests { get; init; }

    /// <summary>The gold sequence.</summary>
    public required IReadOnlyList<GoldCall> Gold { get; init; }

    /// <summary>State hash before the first gold call.</summary>
    public required string InitialHash { get; init; }

    /// <summary>State hash after the last gold call.</summary>
    public required string GoldHash { get; init; }

    /// <summary>Who put the requests into words, where a model did; null for the embedded words and for those that a person gave.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IntentPhrasing? Phrasing { get; init; }

    /// <summary>In which manner the embedded grammar worded the task; null for words of a person.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RequestManner? Manner { get; init; }

    /// <summary>Whether the agent must not simply do all that is asked: then refusals and questions are proven too.</summary>
    [JsonIgnore]
    public bool Abstains => Requests.Any(request => request.Abstention is not null);

    /// <summary>Whether gold's net difference is empty: then stage 3 of the funnel applies.</summary>
    public bool IsReadOnly => InitialHash == GoldHash;
}
