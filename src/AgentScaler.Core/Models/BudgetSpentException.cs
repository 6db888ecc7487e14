namespace AgentScaler.Models;

/// <summary>A limit of the campaign's <see cref="Budget"/> is reached: no further call is made. Not a failure: the campaign waits for a higher limit.</summary>
public sealed class BudgetSpentException(string message) : Exception(message);
