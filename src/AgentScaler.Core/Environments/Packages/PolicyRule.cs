using System.Text.Json.Serialization;

namespace AgentScaler.Environments.Packages;

/// <summary>
/// A rule of an environment's policy as data. Rules that bear on state are kept by the programs: a call against one fails with
/// <see cref="Error"/> and changes nothing. Rules on conduct have no error and are checked on transcripts.
/// </summary>
public sealed record PolicyRule
{
    /// <summary>What it demands.</summary>
    public required PolicyRuleKind Kind { get; init; }

    /// <summary>The sentence that stands for it in <c>policy.md</c>.</summary>
    public required string Text { get; init; }

    /// <summary>The tools it binds, sorted.</summary>
    public required IReadOnlyList<string> Tools { get; init; }

    /// <summary>The collection whose rows it is about; null for conduct.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Collection { get; init; }

    /// <summary>The field it is about, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }

    /// <summary>Statuses, collections or parameters, sorted; see <see cref="PolicyRuleKind"/>.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The least value allowed, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Minimum { get; init; }

    /// <summary>The greatest value allowed, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Maximum { get; init; }

    /// <summary>The code of the error with which programs refuse a call against it; null for a rule on conduct.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }
}
