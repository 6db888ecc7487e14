namespace AgentScaler.Json;

/// <summary>Which numbers count as equal in canonical JSON. The two are never mixed in one comparison.</summary>
public enum NumberForm
{
    /// <summary>Canonical-loose, ours: 25 equals 25.0; integral floats are written as integers.</summary>
    Loose,

    /// <summary>As the benchmarks' own hashes see it: 25 and 25.0 differ; floats keep their <c>.0</c>.</summary>
    Typed,
}
