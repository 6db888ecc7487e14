using System.Text.Json.Serialization;

namespace AgentScaler.Datasets.Decontamination;

/// <summary>How something was found.</summary>
public enum MatchMethod
{
    /// <summary>All of it is the same, but for case, spaces and signs.</summary>
    Exact,

    /// <summary>A run of words stands in both.</summary>
    [JsonStringEnumMemberName("n-gram")]
    NGram,

    /// <summary>Most of its words or values stand in both (candidates by MinHash, then the exact Jaccard index).</summary>
    [JsonStringEnumMemberName("minhash")]
    MinHash,
}
