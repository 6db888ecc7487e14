namespace AgentScaler.Datasets.Decontamination;

/// <summary>What of a benchmark stands in a dataset.</summary>
public enum ContaminationKind
{
    /// <summary>A tool's name alone: many catalogues have a <c>get_user</c>.</summary>
    ToolName,

    /// <summary>A tool: name with parameters, or all its words.</summary>
    ToolSchema,

    /// <summary>A passage of a policy.</summary>
    Policy,

    /// <summary>What a task's user wants, or another text of a task.</summary>
    Intent,

    /// <summary>A row of a database.</summary>
    Row,
}
