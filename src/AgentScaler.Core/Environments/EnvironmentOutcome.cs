namespace AgentScaler.Environments;

/// <summary>What became of one domain: an environment, or the reason there is none.</summary>
public sealed record EnvironmentOutcome
{
    /// <summary>The domain's id.</summary>
    public required string Domain { get; init; }

    /// <summary>The domain's readable name.</summary>
    public required string DomainName { get; init; }

    /// <summary>Whether an environment was kept.</summary>
    public required bool Kept { get; init; }

    /// <summary>Why not; null if kept.</summary>
    public string? Reason { get; init; }

    /// <summary>The package's id; null if rejected.</summary>
    public string? Environment { get; init; }

    /// <summary>Tools of the domain.</summary>
    public required int ToolsIn { get; init; }

    /// <summary>Names of the tools in the environment, sorted.</summary>
    public required IReadOnlyList<string> ToolsKept { get; init; }

    /// <summary>The tools left out, sorted by name.</summary>
    public required IReadOnlyList<ToolRejection> ToolsRejected { get; init; }
}
