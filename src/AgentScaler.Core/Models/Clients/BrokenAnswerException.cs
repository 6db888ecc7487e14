namespace AgentScaler.Models.Clients;

/// <summary>An endpoint's answer is not what the API promises.</summary>
internal sealed class BrokenAnswerException(string message) : Exception(message);
