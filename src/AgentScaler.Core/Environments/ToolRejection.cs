namespace AgentScaler.Environments;

/// <summary>A tool that left its environment.</summary>
/// <param name="Tool">Its name.</param>
/// <param name="Reason">A reason code, e.g. <c>operation.unknown</c>, <c>audit.result-does-not-fit</c>.</param>
/// <param name="Detail">One line for a person.</param>
public sealed record ToolRejection(string Tool, string Reason, string Detail);
