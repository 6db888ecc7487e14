namespace AgentScaler.Environments;

/// <summary>A tool that did not make it into its environment.</summary>
/// <param name="Tool">Its name.</param>
/// <param name="Reason">A reason code.</param>
/// <param name="Detail">One line for a person.</param>
public sealed record ToolRejection(string Tool, string Reason, string Detail);
