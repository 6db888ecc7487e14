namespace AgentScaler.Models.Replies;

/// <summary>That an endpoint refused a request (<see cref="ModelFault.Rejected"/>): what was made of that is made of it again where only kept replies are wanted.</summary>
/// <param name="Message">What it said the first time, with role, model and endpoint, and no secret.</param>
internal sealed record KeptRefusal(string Message);
