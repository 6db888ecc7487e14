using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Materialisation.Modelled;

/// <summary>A model's answer to the question for a tool's program: the program, and what it does.</summary>
internal sealed record ProgramAnswer
{
    /// <summary>JavaScript.</summary>
    public required string Program { get; init; }

    /// <summary>Whether it changes rows.</summary>
    public required bool Writes { get; init; }

    /// <summary>What it does to its collection.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>The collection.</summary>
    public required string Collection { get; init; }

    /// <summary>The parameter that holds the row's key, or null.</summary>
    public string? KeyParameter { get; init; }

    /// <summary>Parameters that hold a field's value.</summary>
    public IReadOnlyList<ParameterField> Fields { get; init; } = [];

    /// <summary>Parameters that must name what the row belongs to.</summary>
    public IReadOnlyList<ParameterField> Owners { get; init; } = [];

    /// <summary>Parameters that bound a field.</summary>
    public IReadOnlyList<ParameterField> Ranges { get; init; } = [];

    /// <summary>Parameters that take a list of a field's values.</summary>
    public IReadOnlyList<ParameterField> Lists { get; init; } = [];

    /// <summary>The search parameter, or null.</summary>
    public string? QueryParameter { get; init; }

    /// <summary>Of a link: the fields that it joins.</summary>
    public IReadOnlyList<string> Joins { get; init; } = [];

    /// <summary>The transition, or null.</summary>
    public StatusChange? Status { get; init; }

    /// <summary>Where the row or rows stand in the result, or null.</summary>
    public string? ResultPath { get; init; }

    /// <summary>What of a row the result shows.</summary>
    public IReadOnlyList<PropertyField> ResultFields { get; init; } = [];
}
