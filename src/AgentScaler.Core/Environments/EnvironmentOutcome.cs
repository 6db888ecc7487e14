namespace AgentScaler.Environments;

/// <summary>What became of a domain: an environment, or the reason why not.</summary>
public sealed record EnvironmentOutcome
{
    /// <summary>The domain's id.</summary>
    public required string Domain { get; init; }

    /// <summary>The domain's name.</summary>
    public required string DomainName { get; init; }

    /// <summary>Whether an environment was built and passed its audit.</summary>
    public required bool Kept { get; init; }

    /// <summary>Why not, as a reason code; null if kept.</summary>
    public string? Reason { get; init; }

    /// <summary>The package's id; null if not kept.</summary>
    public string? Environment { get; init; }

    /// <summary>Tools of the domain.</summary>
    public required int ToolsIn { get; init; }

    /// <summary>Names of the tools in the package, sorted.</summary>
    public required IReadOnlyList<string> ToolsKept { get; init; }

    /// <summary>The others, each with its reason, sorted by name.</summary>
    public required IReadOnlyList<ToolRejection> ToolsRejected { get; init; }

    /// <summary>Who made which part: schema, each program, policy. Null where no model was asked: then all is embedded or given.</summary>
    public IReadOnlyList<PartOrigin>? Origins { get; init; }
}
