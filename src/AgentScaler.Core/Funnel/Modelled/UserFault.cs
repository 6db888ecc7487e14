namespace AgentScaler.Funnel.Modelled;

/// <summary>What a judge says of the simulated user.</summary>
/// <param name="Fault">The kind of fault, or <see cref="UserFaultKind.None"/>.</param>
/// <param name="Message">1-based number of the user's message that shows it; 0 where none does.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record UserFault(UserFaultKind Fault, int Message, string Reason);
