using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Replay;
using AgentScaler.Json;

namespace AgentScaler.Benchmarks.TauBench;

/// <summary>A domain ready to run: its environment and the digests by which the benchmark knows states. Shared by all sessions.</summary>
public sealed class TauBenchEnvironment
{
    private readonly EnvironmentEngine engine;
    private readonly Lazy<StateDigest> canonical;
    private readonly Lazy<StateDigest> loose;

    private TauBenchEnvironment(LoadedEnvironment environment, EnvironmentEngine engine)
    {
        this.engine = engine;
        Environment = environment;
        Official = StateDigest.TauBench(environment.Package);
        canonical = new Lazy<StateDigest>(() => StateDigest.Canonical(environment.Package, NumberForm.Typed));
        loose = new Lazy<StateDigest>(() => StateDigest.Canonical(environment.Package, NumberForm.Loose));
    }

    /// <summary>The environment.</summary>
    public LoadedEnvironment Environment { get; }

    /// <summary>The benchmark's own hash.</summary>
    public StateDigest Official { get; }

    /// <summary>SHA-256 of the canonical state, ints and floats apart.</summary>
    public StateDigest Canonical => canonical.Value;

    /// <summary>SHA-256 of the canonical state, 10 and 10.0 alike.</summary>
    public StateDigest CanonicalLoose => loose.Value;

    /// <summary>Loads a domain.</summary>
    /// <exception cref="BenchmarkDataException">Data is missing or malformed.</exception>
    /// <exception cref="Environments.Packages.PackageException">The package the data makes is broken.</exception>
    public static TauBenchEnvironment Load(TauBenchData data, EnvironmentEngine engine) =>
        new(LoadedEnvironment.Load(TauBenchPackage.Read(data)), engine);

    /// <summary>Starts on the initial state. No tool of the benchmark draws ids, so every session has the same seed.</summary>
    public EnvironmentSession Open() => engine.Open(Environment, new Seed(TauBenchData.Benchmark));
}
