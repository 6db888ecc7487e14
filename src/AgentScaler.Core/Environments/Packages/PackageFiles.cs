namespace AgentScaler.Environments.Packages;

/// <summary>The names of the files of a package (architecture.md, "Environments").</summary>
public static class PackageFiles
{
    /// <summary>Id, name, frozen time, format version, hashes of the other files.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>Collections and fields.</summary>
    public const string Schema = "schema.json";

    /// <summary>Tool specifications and bindings, without programs.</summary>
    public const string Tools = "tools.json";

    /// <summary>The agent's policy.</summary>
    public const string Policy = "policy.md";

    /// <summary>The policy's rules as data; a package without rules has no such file.</summary>
    public const string Rules = "rules.json";

    /// <summary>What users want, as a person gave it; a package without intents has no such file.</summary>
    public const string Intents = "intents.json";

    /// <summary>The initial rows.</summary>
    public const string State = "state.json";

    /// <summary>The last audit; about the package, so no part of its hash.</summary>
    public const string Audit = "audit.json";

    /// <summary>A tool's program.</summary>
    public static string Program(string tool) => $"programs/{tool}.js";
}
