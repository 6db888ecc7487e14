namespace AgentScaler.Tools.Screening;

/// <summary>What the screening decided on a tool.</summary>
/// <param name="Name">Its callable name, or null if it is rejected.</param>
/// <param name="Description">The description it goes by.</param>
/// <param name="Quality">As <see cref="ToolSpec.Quality"/>.</param>
/// <param name="Reason">A code of <see cref="RejectReason"/>, or empty.</param>
/// <param name="Detail">What was found and expected, or empty.</param>
internal sealed record Judgement(string? Name, string Description, double Quality, string Reason, string Detail);
