namespace AgentScaler.ModelServers.Faults;

/// <summary>
/// Which requests fail, and how. A request's fate depends on the seed, its body and how often that body came before, not on what runs beside it.
/// </summary>
public sealed record FaultPlan
{
    /// <summary>Shifts every draw.</summary>
    public ulong Seed { get; init; }

    /// <summary>The share of requests, 0 to 1, that each fault befalls; at most 1 together.</summary>
    public IReadOnlyDictionary<TransportFault, double> Transport { get; init; } = new Dictionary<TransportFault, double>();

    /// <summary>The share of answers, 0 to 1, that each fault befalls where it can; at most 1 together. Drawn apart from <see cref="Transport"/>.</summary>
    public IReadOnlyDictionary<SemanticFault, double> Semantic { get; init; } = new Dictionary<SemanticFault, double>();

    /// <summary>A body that has come so often meets no more faults.</summary>
    public int MostPerBody { get; init; } = int.MaxValue;

    /// <summary>What 429 and 503 ask the client to wait; seconds and dates are rounded up.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The bytes that <see cref="TransportFault.SlowDrip"/> sends at a time.</summary>
    public int DripBytes { get; init; } = 32;

    /// <summary>How long it rests between them.</summary>
    public TimeSpan DripPause { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>When <see cref="TransportFault.Hang"/> ends the connection after all.</summary>
    public TimeSpan LongestHang { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>One fault for every request.</summary>
    public static FaultPlan Always(TransportFault fault) => Spread(0, 1, fault);

    /// <summary>One fault for every answer.</summary>
    public static FaultPlan Always(SemanticFault fault) => Spread(0, 1, fault);

    /// <summary>A share of requests, in equal parts for each of the kinds named.</summary>
    public static FaultPlan Spread(ulong seed, double share, params TransportFault[] kinds) =>
        new() { Seed = seed, Transport = kinds.ToDictionary(k => k, _ => share / kinds.Length) };

    /// <summary>A share of answers, in equal parts for each of the kinds named.</summary>
    public static FaultPlan Spread(ulong seed, double share, params SemanticFault[] kinds) =>
        new() { Seed = seed, Semantic = kinds.ToDictionary(k => k, _ => share / kinds.Length) };

    /// <summary>This plan's faults of transport, and the other's of meaning.</summary>
    public FaultPlan And(FaultPlan other) => this with { Semantic = other.Semantic };
}
